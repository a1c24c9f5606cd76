"""Price boxes and quote them to a party."""

from shared.domains.quotes.errors import PartyNotFound, QuoteTooLarge
from shared.domains.quotes.schemas.quotes import Quote, QuoteIn
from shared.domains.quotes.service import quotes
from shared.entry.http import Api

api = Api(
    scope="quotes:write",
    approved=True,
    problems=(PartyNotFound, QuoteTooLarge, *quotes.PRICE_PROBLEMS),
    timeout=30,
    memory=1024,
)


@api.post("/api/quotes", status=201)
def create_quote(quote: QuoteIn) -> Quote:
    return quotes.create_quote(api.call, quote)


handler = api.handler
