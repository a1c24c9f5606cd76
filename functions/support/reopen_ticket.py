"""Re-open a resolved ticket: its clocks go on where they stopped."""

from uuid import UUID

from shared.domains.support.errors import TicketNotFound, TicketNotResolved
from shared.domains.support.schemas.tickets import Ticket, TicketReopening
from shared.domains.support.service import tickets
from shared.entry.http import Api

api = Api(
    audience="both",
    scope="support:write",
    permission="resolve_ticket",
    needs=("outbox",),
    problems=(TicketNotFound, TicketNotResolved),
)


@api.post("/api/support/tickets/{ticket_id}/reopen")
def reopen_ticket(ticket_id: UUID, given: TicketReopening) -> Ticket:
    return tickets.reopen_ticket(api.call, ticket_id, given.reason)


handler = api.handler
