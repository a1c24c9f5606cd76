"""Mail who has a ticket that a promise was not kept."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import SlaBreached
from shared.domains.support.service import notifications
from shared.entry.queue import consumer


@consumer(SlaBreached, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: SlaBreached) -> None:
    notifications.promise_broken(call, event)
