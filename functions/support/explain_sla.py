"""Explain the deadlines of a ticket: each clock with what it counted, what it skipped, and why.

There are three: the first response, the next response (from the oldest message of its requester that is not answered,
with the target of the first), the resolution. Its requester sees them, and the platform's staff.
"""

from uuid import UUID

from shared.domains.support.errors import TicketNotFound
from shared.domains.support.schemas.explanation import SlaExplanation
from shared.domains.support.service import explanation
from shared.entry.http import Api

api = Api(audience="both", scope="support:read", permission="view_ticket_details", problems=(TicketNotFound,))


@api.get("/api/support/tickets/{ticket_id}/sla")
def explain_sla(ticket_id: UUID) -> SlaExplanation:
    return explanation.explain(api.call, ticket_id)


handler = api.handler
