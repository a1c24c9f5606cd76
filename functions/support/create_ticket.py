"""Open a ticket.

Without a priority it gets one by the words of its text and its category. Owner and admin of a tenant may open one for a
colleague, the platform's staff for anybody: `requester_id`.
"""

from shared.domains.support.errors import RequesterNotFound
from shared.domains.support.schemas.tickets import Ticket, TicketIn
from shared.domains.support.service import tickets
from shared.entry.http import Api

api = Api(
    audience="both",
    scope="support:write",
    permission="create_ticket",
    per_minute=10,  # each mails the staff
    needs=("outbox",),
    problems=(RequesterNotFound,),
)


@api.post("/api/support/tickets", status=201)
def create_ticket(ticket: TicketIn) -> Ticket:
    return tickets.open_ticket(api.call, ticket)


handler = api.handler
