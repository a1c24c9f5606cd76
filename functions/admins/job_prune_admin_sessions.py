"""Delete admins' sessions that ended 90 days ago, with their refresh tokens."""

from shared.core.call import Call
from shared.domains.admins.service import pruning
from shared.entry.job import job


@job("rate(1 day)", across_tenants=True)
def handler(call: Call) -> int:
    return pruning.prune(call)
