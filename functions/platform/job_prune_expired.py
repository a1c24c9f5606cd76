"""Delete old idempotency keys, and events that were sent and received long ago."""

from shared.core.call import Call
from shared.domains.platform import service
from shared.entry.job import job


@job("rate(1 hour)", across_tenants=True)
def handler(call: Call) -> int:
    return service.prune(call)
