"""Delete the files of a tenant whose rows are gone."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import TenantErased
from shared.domains.support.service import attachments
from shared.entry import wiring
from shared.entry.queue import consumer


@consumer(TenantErased, calls_out=True, needs=("attachments_find", "attachments_delete"))
def handler(call: Call, id: UUID, event: TenantErased) -> None:
    attachments.delete_of_tenant(event.erased_id, wiring.attached_files())
