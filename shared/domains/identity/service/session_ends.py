"""How sessions end: by signing out, and by being cleared away."""

from datetime import timedelta

from shared.core.call import Call
from shared.core.errors import Unauthenticated
from shared.domains.identity import queries


def sign_out(call: Call) -> None:
    """End the session: its access token is refused from the next request on."""
    session = call.actor.session_id
    if session is None:
        raise Unauthenticated
    queries.end_session(call.connection, id=session, now=call.now)


def prune(call: Call) -> int:
    """Delete sessions that ended over a day ago, with their refresh tokens, and lapsed sign-in counters; how many."""
    sessions = queries.prune_sessions(call.connection, before=call.now - timedelta(days=1))
    return sessions + queries.prune_failures(call.connection, now=call.now)
