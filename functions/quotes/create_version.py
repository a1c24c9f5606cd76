"""Give a quote its next version; the ones before are archived."""

from uuid import UUID

from shared.domains.quotes.errors import QuoteNotFound, QuoteTooLarge
from shared.domains.quotes.schemas.quotes import Quote, QuoteVersionIn
from shared.domains.quotes.service import quotes
from shared.entry.http import Api

api = Api(
    scope="quotes:write",
    approved=True,
    problems=(QuoteNotFound, QuoteTooLarge, *quotes.PRICE_PROBLEMS),
    timeout=30,
    memory=1024,
)


@api.post("/api/quotes/{quote_id}/versions", status=201)
def create_version(quote_id: UUID, version: QuoteVersionIn) -> Quote:
    return quotes.create_version(api.call, quote_id, version)


handler = api.handler
