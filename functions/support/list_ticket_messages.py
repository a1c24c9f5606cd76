"""List the messages of a ticket, oldest first."""

from uuid import UUID

from shared.core.paging import Cursor, Limit, Page
from shared.domains.support.errors import TicketNotFound
from shared.domains.support.schemas.messages import TicketMessage
from shared.domains.support.service import messages
from shared.entry.http import Api

api = Api(audience="both", scope="support:read", permission="view_ticket_details", problems=(TicketNotFound,))


@api.get("/api/support/tickets/{ticket_id}/messages")
def list_ticket_messages(ticket_id: UUID, limit: Limit = 20, cursor: Cursor | None = None) -> Page[TicketMessage]:
    return messages.list_messages(api.call, ticket_id, limit, cursor)


handler = api.handler
