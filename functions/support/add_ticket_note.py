"""Note something in a ticket, for the platform's staff alone; also in a closed one."""

from uuid import UUID

from shared.domains.support.errors import TicketNotFound
from shared.domains.support.schemas.messages import TicketMessage, TicketMessageIn, TicketNote
from shared.domains.support.service import messages
from shared.entry.http import Api

api = Api(audience="admin", permission="add_ticket_note", needs=("outbox",), problems=(TicketNotFound,))


@api.post("/api/support/tickets/{ticket_id}/notes", status=201)
def add_ticket_note(ticket_id: UUID, given: TicketNote) -> TicketMessage:
    return messages.post_message(api.call, ticket_id, TicketMessageIn(message=given.note, is_internal=True))


handler = api.handler
