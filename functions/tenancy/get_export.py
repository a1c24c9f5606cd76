"""Get the state of an archive and, once it is ready, a link to download it.

The link ends after 15 minutes; every call gives a fresh one. The archive is kept for seven days.
"""

from uuid import UUID

from shared.domains.tenancy.errors import ExportExpired, ExportNotFound
from shared.domains.tenancy.schemas import Export
from shared.domains.tenancy.service import exporting
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    scope="tenant:export", impersonation="never", needs=("exports_get",), problems=(ExportExpired, ExportNotFound)
)


@api.get("/api/tenant/export/{export_id}")
def get_export(export_id: UUID) -> Export:
    return exporting.get_export(api.call, export_id, wiring.archives())


handler = api.handler
