"""List the invites that may still be accepted, newest first."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.members.schemas import Invite
from shared.domains.members.service import invites
from shared.entry.http import Api

api = Api(scope="members:read")


@api.get("/api/tenant/invites")
def list_invites(limit: Limit = 20, cursor: Cursor | None = None) -> Page[Invite]:
    return invites.list_invites(api.call, limit, cursor)


handler = api.handler
