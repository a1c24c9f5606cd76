"""Erase tenants that were closed 30 days ago, with their users.

Rows that somebody else has locked are left to the next run.
"""

from shared.core.call import Call
from shared.domains.tenancy.service import erasing
from shared.entry.job import job


@job("rate(1 hour)", across_tenants=True, needs=("outbox",), timeout=300)
def handler(call: Call) -> int:
    return erasing.erase_due(call)
