"""Assign the tickets for which nobody was free, or that came back."""

from shared.core.call import Call
from shared.domains.support.service import assignment
from shared.entry.job import job


@job("rate(1 minute)", across_tenants=True, needs=("outbox",))
def handler(call: Call) -> int:
    return assignment.assign_waiting(call)
