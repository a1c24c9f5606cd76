"""Hand the events of the outbox to the event bus."""

from shared.core import outbox
from shared.core.call import Call
from shared.entry import wiring
from shared.entry.job import job


@job("rate(1 minute)", across_tenants=True, calls_out=True, nudged=True, needs=("bus",))
def handler(call: Call) -> int:
    return outbox.relay(call, wiring.bus())
