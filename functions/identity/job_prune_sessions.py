"""Delete ended sessions, their refresh tokens, and lapsed sign-in counters."""

from shared.core.call import Call
from shared.domains.identity import service
from shared.entry.job import job


@job("rate(1 hour)", across_tenants=True)
def handler(call: Call) -> int:
    return service.prune(call)
