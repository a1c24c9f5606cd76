"""Delete ended sessions, their refresh tokens, and lapsed sign-in counters."""

from shared.core.call import Call
from shared.domains.identity.service import session_ends
from shared.entry.job import job


@job("rate(1 hour)", across_tenants=True)
def handler(call: Call) -> int:
    return session_ends.prune(call)
