"""How sessions of admins end: by logging out, by a word of their admin, by a new password."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.admins.queries import sessions as queries
from shared.domains.admins.service.login_log import note


def log_out(call: Call) -> None:
    """End the session: its access token is refused from the next request on."""
    if call.actor.session_id:
        queries.end_session(call.connection, id=call.actor.session_id, now=call.now)
    note(call, "logout", call.admin_id)


def end_other_sessions(call: Call) -> None:
    """End every session of the caller but this one."""
    end_sessions_of(call, call.admin_id, but=call.actor.session_id)
    note(call, "sessions_ended", call.admin_id)


def end_sessions_of(call: Call, admin_id: UUID, but: UUID | None = None) -> None:
    """End every session of an admin, but perhaps one. Travels with the next flush."""
    queries.end_sessions(call.connection, admin_id=admin_id, but=but, now=call.now)
