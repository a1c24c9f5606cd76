"""Mail somebody that a ticket is his."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import TicketAssigned
from shared.domains.support.service import notifications
from shared.entry.queue import consumer


@consumer(TicketAssigned, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: TicketAssigned) -> None:
    notifications.ticket_assigned(call, event)
