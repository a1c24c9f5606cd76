"""Mail the requester that we have his ticket, and the staff that there is a new one."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import TicketCreated
from shared.domains.support.service import notifications
from shared.entry.queue import consumer


@consumer(TicketCreated, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: TicketCreated) -> None:
    notifications.ticket_created(call, event)
