"""Whether the admin has a second factor, and how many backup codes are left."""

from shared.domains.admins.service import second_step
from shared.domains.second_factor.schemas import Status
from shared.entry.http import Api

api = Api(audience="admin", enrolling=True)


@api.get("/api/admin/2fa/status")
def get_admin_factor_status() -> Status:
    return second_step.get_status(api.call)


handler = api.handler
