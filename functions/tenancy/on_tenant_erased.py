"""Delete the archives of a tenant whose rows are gone."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.tenancy.events import TenantErased
from shared.domains.tenancy.service import erasing
from shared.entry import wiring
from shared.entry.queue import consumer


@consumer(TenantErased, calls_out=True, needs=("exports_find", "exports_delete"))
def handler(call: Call, id: UUID, event: TenantErased) -> None:
    erasing.delete_archives(event, wiring.archives())
