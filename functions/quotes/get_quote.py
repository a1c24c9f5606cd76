"""One quote with its items: its active version, or `version_no`."""

from uuid import UUID

from shared.domains.quotes.errors import QuoteNotFound
from shared.domains.quotes.schemas.quotes import Quote, VersionNo
from shared.domains.quotes.service import quotes
from shared.entry.http import Api

api = Api(scope="quotes:read", approved=True, problems=(QuoteNotFound,), memory=1024)


@api.get("/api/quotes/{quote_id}")
def get_quote(quote_id: UUID, version_no: VersionNo | None = None) -> Quote:
    return quotes.get_quote(api.call, quote_id, version_no)


handler = api.handler
