"""The staff: every admin of the platform."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.admins.schemas.staff import StaffMember
from shared.domains.admins.service import staff
from shared.entry.http import Api

api = Api(audience="admin", permission="list_staff")


@api.get("/api/admin/staff")
def list_staff(limit: Limit = 20, cursor: Cursor | None = None) -> Page[StaffMember]:
    return staff.list_staff(api.call, limit=limit, cursor=cursor)


handler = api.handler
