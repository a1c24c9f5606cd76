"""Clearing away admins' sessions that have long ended."""

from datetime import timedelta

from shared.core.call import Call
from shared.domains.admins.queries import sessions

KEPT = timedelta(days=90)  # they tell when an admin was last seen: to his colleagues, and to who chooses whom to mail
SLICE = 500  # sessions a transaction, each with its refresh tokens


def prune(call: Call) -> int:
    """Delete some sessions that ended before KEPT, with their refresh tokens; how many."""
    return sessions.prune_sessions(call.connection, before=call.now - KEPT, limit=SLICE)
