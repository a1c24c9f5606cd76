"""Disable an admin: every session ends at once. What he did stays in the logs, under his name.

PATCH with the status active enables the account again.
"""

from uuid import UUID

from shared.domains.admins.errors import AdminNotFound, LastSuperAdmin, OwnRights, RolesNotYours
from shared.domains.admins.service import staff
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="disable_staff",
    step_up=True,
    problems=(OwnRights, RolesNotYours, LastSuperAdmin, AdminNotFound),
)


@api.delete("/api/admin/staff/{admin_id}")
def remove_staff(admin_id: UUID) -> None:
    staff.disable_staff(api.call, admin_id)


handler = api.handler
