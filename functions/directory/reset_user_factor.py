"""Take away the second factor of a user who cannot show it any more.

From then on the password is enough. Sessions end, and the user gets a mail.
"""

from uuid import UUID

from shared.domains.directory.errors import UserNotFound
from shared.domains.directory.service import standing
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_users",
    step_up=True,
    needs=("outbox",),
    problems=(standing.FactorNotEnabled, UserNotFound),
)


@api.post("/api/admin/users/{user_id}/reset-2fa", status=204)
def reset_user_factor(user_id: UUID) -> None:
    standing.reset_factor(api.call, user_id)


handler = api.handler
