"""Assign a ticket to somebody who works on tickets; an open one is then in progress."""

from uuid import UUID

from shared.domains.support.errors import AgentNotFound, TicketHasEnded, TicketNotFound
from shared.domains.support.schemas.tickets import Ticket, TicketAssignment
from shared.domains.support.service import tickets
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="assign_ticket",
    needs=("outbox",),
    problems=(AgentNotFound, TicketHasEnded, TicketNotFound),
)


@api.post("/api/support/tickets/{ticket_id}/assign")
def assign_ticket(ticket_id: UUID, given: TicketAssignment) -> Ticket:
    return tickets.assign_ticket(api.call, ticket_id, given.agent_id)


handler = api.handler
