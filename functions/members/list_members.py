"""List the members of the tenant, first who joined first."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.members.schemas import Member
from shared.domains.members.service import member_list
from shared.entry.http import Api

api = Api(scope="members:read")


@api.get("/api/tenant/members")
def list_members(limit: Limit = 20, cursor: Cursor | None = None) -> Page[Member]:
    return member_list.list_members(api.call, limit, cursor)


handler = api.handler
