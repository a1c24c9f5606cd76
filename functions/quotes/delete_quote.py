"""Delete a quote; its number is not given again."""

from uuid import UUID

from shared.domains.quotes.errors import QuoteNotFound
from shared.domains.quotes.service import quotes
from shared.entry.http import Api

api = Api(scope="quotes:write", approved=True, problems=(QuoteNotFound,))


@api.delete("/api/quotes/{quote_id}")
def delete_quote(quote_id: UUID) -> None:
    quotes.delete_quote(api.call, quote_id)


handler = api.handler
