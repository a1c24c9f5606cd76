"""Take the second factor off an admin who has lost it, or whose codes are blocked.

Every session of that admin ends, and a mail tells of it.
"""

from uuid import UUID

from shared.domains.admins.errors import AdminNotFound, OwnFactor, RolesNotYours
from shared.domains.admins.service import staff
from shared.domains.second_factor.errors import FactorNotEnabled
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="reset_staff_password",
    step_up=True,
    needs=("outbox",),
    problems=(OwnFactor, RolesNotYours, FactorNotEnabled, AdminNotFound),
)


@api.post("/api/admin/staff/{admin_id}/reset-2fa", status=204)
def reset_staff_factor(admin_id: UUID) -> None:
    staff.reset_factor(api.call, admin_id)


handler = api.handler
