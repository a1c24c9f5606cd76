"""End one of the own sessions, or as an owner one of our support's: its tokens are dead at once."""

from uuid import UUID

from shared.domains.identity.errors import SessionNotFound
from shared.domains.identity.service import session_ends
from shared.entry.http import Api

api = Api(impersonation="never", problems=(SessionNotFound,))


@api.delete("/api/auth/sessions/{session_id}")
def end_session(session_id: UUID) -> None:
    session_ends.end_session(api.call, session_id)


handler = api.handler
