"""Where the admin is logged in."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.admins.schemas.accounts import AdminSession
from shared.domains.admins.service import session_list
from shared.entry.http import Api

api = Api(audience="admin")


@api.get("/api/admin/sessions")
def list_admin_sessions(limit: Limit = 20, cursor: Cursor | None = None) -> Page[AdminSession]:
    return session_list.list_sessions(api.call, limit=limit, cursor=cursor)


handler = api.handler
