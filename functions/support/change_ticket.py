"""Change a ticket's state, priority, category, assignment or tags.

A new priority or category brings the promises that are made for it now; its clocks are worked out again.
"""

from uuid import UUID

from shared.domains.support.errors import (
    AgentNotFound,
    TicketHasEnded,
    TicketIsClosed,
    TicketMoveRefused,
    TicketNotFound,
)
from shared.domains.support.schemas.tickets import Ticket, TicketChanges
from shared.domains.support.service import tickets
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="resolve_ticket",
    needs=("outbox", "session_secret"),
    problems=(AgentNotFound, TicketHasEnded, TicketIsClosed, TicketMoveRefused, TicketNotFound),
)


@api.patch("/api/support/tickets/{ticket_id}")
def change_ticket(ticket_id: UUID, changes: TicketChanges) -> Ticket:
    return tickets.change_ticket(api.call, ticket_id, changes)


handler = api.handler
