"""Mail an admin a link that sets a new password, once and within 24 hours.

The former password holds until then; setting the new one ends every session.
"""

from uuid import UUID

from shared.domains.admins.errors import AdminNotFound, RolesNotYours, StaffDisabled
from shared.domains.admins.service import staff
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="reset_staff_password",
    cost=10,
    needs=("outbox", "session_secret"),
    problems=(RolesNotYours, StaffDisabled, AdminNotFound),
)


@api.post("/api/admin/staff/{admin_id}/reset-password", status=202)
def reset_staff_password(admin_id: UUID) -> None:
    staff.mail_password_link(api.call, admin_id)


handler = api.handler
