"""Mail the requester that his ticket is closed, with the link to rate it, unless a mail said it was resolved."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import TicketClosed
from shared.domains.support.service import notifications
from shared.entry.queue import consumer


@consumer(TicketClosed, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: TicketClosed) -> None:
    notifications.ticket_ended(call, event)
