"""Move the deadlines of open tickets after a change of rules or calendars."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import SlaChanged
from shared.domains.support.service import recompute
from shared.entry.queue import consumer


@consumer(SlaChanged, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: SlaChanged) -> None:
    recompute.recompute(call, event.after)
