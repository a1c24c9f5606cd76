"""List tenants, newest first.

`q` is looked for in their names.
"""

from shared.core.fields import Verification
from shared.core.paging import Cursor, Limit, Page
from shared.domains.directory.schemas import DirectoryTenant, Search
from shared.domains.directory.service import tenants
from shared.entry.http import Api

api = Api(audience="admin", permission="view_user_profile")


@api.get("/api/admin/tenants")
def list_tenants(
    q: Search | None = None,
    verification: Verification | None = None,
    suspended: bool | None = None,
    limit: Limit = 20,
    cursor: Cursor | None = None,
) -> Page[DirectoryTenant]:
    return tenants.list_tenants(
        api.call, text=q, verification=verification, suspended=suspended, limit=limit, cursor=cursor
    )


handler = api.handler
