"""List the answers that are kept ready, newest first; of a category, also those for any ticket."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.support.schemas.canned_responses import CannedResponse
from shared.domains.support.schemas.tickets import TicketCategory
from shared.domains.support.service import canned_responses
from shared.entry.http import Api

api = Api(audience="admin", permission="view_ticket_details")


@api.get("/api/support/canned-responses")
def list_canned_responses(
    category: TicketCategory | None = None, limit: Limit = 20, cursor: Cursor | None = None
) -> Page[CannedResponse]:
    return canned_responses.list_responses(api.call, category, limit, cursor)


handler = api.handler
