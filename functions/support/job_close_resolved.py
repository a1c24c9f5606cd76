"""Close the resolved tickets to which nobody has answered for as many days as the rules say."""

from shared.core.call import Call
from shared.domains.support.service import closing
from shared.entry.job import job


@job("rate(1 hour)", across_tenants=True, needs=("outbox",))
def handler(call: Call) -> int:
    return closing.close_resolved(call)
