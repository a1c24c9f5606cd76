"""How sessions end, and API keys: by signing out, by a word of their user, by a new password."""

from uuid import UUID

from shared.core.call import Call
from shared.core.errors import Unauthenticated
from shared.domains.identity.errors import SessionNotFound
from shared.domains.identity.queries import closing, sessions
from shared.domains.identity.service.auth_log import note


def sign_out(call: Call) -> None:
    """End the session: its access token is refused from the next request on."""
    session = call.actor.session_id
    if session is None:
        raise Unauthenticated
    sessions.end_session(call.connection, id=session, user=call.user_id, owner=False, now=call.now)
    note(call, "signed_out", user=call.user_id, tenant=call.tenant_id)


def end_session(call: Call, session_id: UUID) -> None:
    """End one of the user's own sessions, be it this one, or as an owner what support does in anybody's name;
    SessionNotFound for any other."""
    owner = call.actor.role == "owner"
    if not sessions.end_session(call.connection, id=session_id, user=call.user_id, owner=owner, now=call.now):
        raise SessionNotFound
    note(call, "session_ended", user=call.user_id, tenant=call.tenant_id)


def end_sessions_of(call: Call, user_id: UUID, but: UUID | None = None) -> None:
    """End every session of a user, but perhaps one. Travels with the next flush."""
    sessions.end_sessions(call.connection, user=user_id, but=but, now=call.now)


def revoke_keys_of(call: Call, user_id: UUID) -> None:
    """Revoke every API key of a user, which is as good as a session. Travels with the next flush."""
    closing.revoke_keys(call.connection, user=user_id, now=call.now)


def end_sessions_of_tenant(call: Call, tenant_id: UUID) -> None:
    """End everybody's. Travels with the next flush."""
    closing.end_all_sessions(call.connection, tenant=tenant_id, now=call.now)
