"""Mail who has a ticket that a quarter, or a tenth, of the time for an answer or the solution is left."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import SlaWarning
from shared.domains.support.service import notifications
from shared.entry.queue import consumer


@consumer(SlaWarning, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: SlaWarning) -> None:
    notifications.promise_in_danger(call, event)
