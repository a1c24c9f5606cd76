"""Rate a ticket that has ended, once.

A super admin may note what a customer told him; the admins' log says who did.
"""

from uuid import UUID

from shared.domains.support.errors import TicketAlreadyRated, TicketNotEnded, TicketNotFound
from shared.domains.support.schemas.tickets import TicketRating, TicketRatingIn
from shared.domains.support.service import ratings
from shared.entry.http import Api

api = Api(
    audience="both",
    impersonation="never",
    scope="support:write",
    permission="view_all_tickets",
    needs=("outbox",),
    problems=(TicketAlreadyRated, TicketNotEnded, TicketNotFound),
)


@api.post("/api/support/tickets/{ticket_id}/rating")
def rate_ticket(ticket_id: UUID, given: TicketRatingIn) -> TicketRating:
    return ratings.rate_ticket(api.call, ticket_id, given)


handler = api.handler
