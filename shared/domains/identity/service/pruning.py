"""Clearing away what has ended."""

from datetime import timedelta

from shared.core import queries as core_queries
from shared.core.call import Call
from shared.domains.identity.queries import links, sessions
from shared.domains.second_factor import public as second_factor

SESSIONS_KEPT = timedelta(days=1)
SLICE = 500  # sessions a transaction, each with its refresh tokens


def prune(call: Call) -> int:
    """Delete some ended sessions with their refresh tokens, lapsed sign-in counters and links, and second factors and
    challenges that waited for a code too long; how many."""
    ended = sessions.prune_sessions(call.connection, before=call.now - SESSIONS_KEPT, limit=SLICE)
    lapsed = core_queries.prune_failures(call.connection, now=call.now)
    return ended + lapsed + links.prune_links(call.connection, now=call.now) + second_factor.prune(call)
