"""Tell of promises that will be or were broken, and escalate, where nobody has noticed by writing.

It is the net: reading a ticket tells the truth at any moment.
"""

from shared.core.call import Call
from shared.domains.support.service import sweep
from shared.entry.job import job


@job("rate(5 minutes)", across_tenants=True, only_if=sweep.is_due, needs=("outbox",))
def handler(call: Call) -> int:
    return sweep.sweep(call)
