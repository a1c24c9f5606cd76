"""Mail a user, whose address is not confirmed yet, another link to choose a password; it works for 7 days."""

from uuid import UUID

from shared.domains.directory.errors import AlreadyWelcomed, UserNotFound
from shared.domains.directory.service import standing
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_users",
    needs=("outbox", "session_secret"),
    problems=(AlreadyWelcomed, UserNotFound),
)


@api.post("/api/admin/users/{user_id}/resend-welcome", status=204)
def resend_welcome(user_id: UUID) -> None:
    standing.resend_welcome(api.call, user_id)


handler = api.handler
