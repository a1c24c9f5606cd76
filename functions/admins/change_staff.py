"""Change the name, role or status of an admin; a change of role or status ends every session of his.

Another role takes the permission configure_roles. Nobody changes his own role or status, and the last active super
admin stays.
"""

from uuid import UUID

from shared.domains.admins.errors import AdminNotFound, LastSuperAdmin, OwnRights, RolesNotYours
from shared.domains.admins.schemas.staff import StaffChanges, StaffMember
from shared.domains.admins.service import staff
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="disable_staff",
    step_up=True,
    problems=(OwnRights, RolesNotYours, LastSuperAdmin, AdminNotFound),
)


@api.patch("/api/admin/staff/{admin_id}")
def change_staff(admin_id: UUID, given: StaffChanges) -> StaffMember:
    return staff.change_staff(api.call, admin_id, given)


handler = api.handler
