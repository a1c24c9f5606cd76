"""Grant an admin permissions besides those of the role: these, and no others. A change ends every session of his."""

from uuid import UUID

from shared.domains.admins.errors import AdminNotFound, OwnRights
from shared.domains.admins.schemas.staff import StaffMember, StaffPermissions
from shared.domains.admins.service import staff
from shared.entry.http import Api

api = Api(audience="admin", permission="configure_roles", step_up=True, problems=(OwnRights, AdminNotFound))


@api.put("/api/admin/staff/{admin_id}/permissions")
def set_staff_permissions(admin_id: UUID, given: StaffPermissions) -> StaffMember:
    return staff.grant(api.call, admin_id, given.permissions)


handler = api.handler
