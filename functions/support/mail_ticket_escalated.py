"""Mail whom a ticket was escalated to."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import TicketEscalated
from shared.domains.support.service import notifications
from shared.entry.queue import consumer


@consumer(TicketEscalated, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: TicketEscalated) -> None:
    notifications.ticket_escalated(call, event)
