"""Mail the requester that his ticket is resolved, with the link to rate it."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import TicketResolved
from shared.domains.support.service import notifications
from shared.entry.queue import consumer


@consumer(TicketResolved, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: TicketResolved) -> None:
    notifications.ticket_ended(call, event)
