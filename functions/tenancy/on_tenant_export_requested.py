"""Build the archive of a tenant's data and store it."""

from collections.abc import Callable
from uuid import UUID

from shared.core.call import Call
from shared.domains.tenancy.events import TenantExportRequested
from shared.domains.tenancy.service import exporting
from shared.entry import wiring
from shared.entry.queue import consumer


@consumer(TenantExportRequested, calls_out=True, needs=("exports_put",), timeout=300, memory=1024)
def handler(call: Call, id: UUID, event: TenantExportRequested) -> Callable[[Call], None] | None:
    return exporting.build_export(call, event, wiring.archives())
