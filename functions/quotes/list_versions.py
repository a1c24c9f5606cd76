"""List the versions of a quote, newest first."""

from uuid import UUID

from shared.core.paging import Cursor, Limit, Page
from shared.domains.quotes.errors import QuoteNotFound
from shared.domains.quotes.schemas.quotes import QuoteVersion
from shared.domains.quotes.service import quotes
from shared.entry.http import Api

api = Api(scope="quotes:read", approved=True, problems=(QuoteNotFound,))


@api.get("/api/quotes/{quote_id}/versions")
def list_versions(quote_id: UUID, limit: Limit = 20, cursor: Cursor | None = None) -> Page[QuoteVersion]:
    return quotes.list_versions(api.call, quote_id, limit, cursor)


handler = api.handler
