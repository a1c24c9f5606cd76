"""Make somebody an admin of the platform.

The new admin gets a mail with a link that sets the password, within 24 hours. Nobody gives a role that may do more
than his own without the permission configure_roles.
"""

from shared.domains.admins.errors import AdminEmailTaken, RolesNotYours
from shared.domains.admins.schemas.staff import NewStaff, StaffMember
from shared.domains.admins.service import staff
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="create_staff",
    step_up=True,
    cost=10,
    needs=("outbox", "session_secret"),
    problems=(AdminEmailTaken, RolesNotYours),
)


@api.post("/api/admin/staff", status=201)
def create_staff(given: NewStaff) -> StaffMember:
    return staff.create_staff(api.call, given)


handler = api.handler
