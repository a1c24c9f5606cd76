"""List where the user is signed in, newest first.

An owner also sees where our support acts in the name of any member of the tenant.
"""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.identity.schemas import Session
from shared.domains.identity.service import session_list
from shared.entry.http import Api

api = Api(scope="profile:read")


@api.get("/api/auth/sessions")
def list_sessions(limit: Limit = 20, cursor: Cursor | None = None) -> Page[Session]:
    return session_list.list_sessions(api.call, limit=limit, cursor=cursor)


handler = api.handler
