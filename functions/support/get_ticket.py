"""Get a ticket with its conversation; internal notes are for the platform's staff alone."""

from uuid import UUID

from shared.domains.support.errors import TicketNotFound
from shared.domains.support.schemas.tickets import TicketDetail
from shared.domains.support.service import tickets
from shared.entry.http import Api

api = Api(audience="both", scope="support:read", permission="view_ticket_details", problems=(TicketNotFound,))


@api.get("/api/support/tickets/{ticket_id}")
def get_ticket(ticket_id: UUID) -> TicketDetail:
    return tickets.get_ticket(api.call, ticket_id)


handler = api.handler
