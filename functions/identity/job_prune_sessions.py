"""Delete ended sessions, their refresh tokens, lapsed counters and links, and what waited for a second factor."""

from shared.core.call import Call
from shared.domains.identity.service import pruning
from shared.entry.job import job


@job("rate(1 hour)", across_tenants=True)
def handler(call: Call) -> int:
    return pruning.prune(call)
