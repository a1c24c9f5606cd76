"""List the users of every tenant, newest first.

`q` is looked for in names and e-mail addresses.
"""

from uuid import UUID

from shared.core.call import Role
from shared.core.paging import Cursor, Limit, Page
from shared.domains.directory.rules import UserStatus
from shared.domains.directory.schemas import DirectoryUser, Search
from shared.domains.directory.service import users
from shared.entry.http import Api

api = Api(audience="admin", permission="view_user_profile")


@api.get("/api/admin/users")
def list_users(
    q: Search | None = None,
    status: UserStatus | None = None,
    role: Role | None = None,
    tenant_id: UUID | None = None,
    limit: Limit = 20,
    cursor: Cursor | None = None,
) -> Page[DirectoryUser]:
    return users.list_users(api.call, text=q, status=status, role=role, tenant_id=tenant_id, limit=limit, cursor=cursor)


handler = api.handler
