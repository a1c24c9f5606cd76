"""Ask for all data of the tenant as an archive.

It is built within minutes; a mail tells when it is ready. The archive is a zip file with one JSON Lines file a table,
without secrets, and a manifest that counts the rows.
"""

from shared.domains.tenancy.schemas import ExportQueued
from shared.domains.tenancy.service import exporting
from shared.entry.http import Api

api = Api(scope="tenant:export", impersonation="never", step_up=True, cost=60, needs=("outbox",))


@api.post("/api/tenant/export", status=202)
def request_export() -> ExportQueued:
    return exporting.request_export(api.call)


handler = api.handler
