"""Take tickets from agents who were silent for longer than the rules allow, or are agents no longer."""

from shared.core.call import Call
from shared.domains.support.service import assignment
from shared.entry.job import job


@job("rate(1 minute)", across_tenants=True, needs=("outbox",))
def handler(call: Call) -> int:
    return assignment.return_silent(call)
