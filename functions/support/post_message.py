"""Answer in a ticket, or note something between staff.

A user's answer makes it support's turn and re-opens what was resolved; support's makes it the user's.
"""

from uuid import UUID

from shared.domains.support.errors import AttachmentNotOffered, TicketIsClosed, TicketNotFound
from shared.domains.support.schemas.messages import TicketMessage, TicketMessageIn
from shared.domains.support.service import messages
from shared.entry.http import Api

api = Api(
    audience="both",
    scope="support:write",
    permission="add_ticket_note",
    needs=("outbox",),
    problems=(AttachmentNotOffered, TicketIsClosed, TicketNotFound),
)


@api.post("/api/support/tickets/{ticket_id}/messages", status=201)
def post_message(ticket_id: UUID, message: TicketMessageIn) -> TicketMessage:
    return messages.post_message(api.call, ticket_id, message)


handler = api.handler
