"""Close a ticket for good: what comes up later is a new one."""

from uuid import UUID

from shared.domains.support.errors import TicketMoveRefused, TicketNotFound
from shared.domains.support.schemas.tickets import Ticket, TicketClosing
from shared.domains.support.service import tickets
from shared.entry.http import Api

api = Api(
    audience="both",
    scope="support:write",
    permission="close_ticket",
    needs=("outbox", "session_secret"),
    problems=(TicketMoveRefused, TicketNotFound),
)

NO_NOTE = TicketClosing()


@api.post("/api/support/tickets/{ticket_id}/close")
def close_ticket(ticket_id: UUID, given: TicketClosing = NO_NOTE) -> Ticket:
    return tickets.close_ticket(api.call, ticket_id, given.note)


handler = api.handler
