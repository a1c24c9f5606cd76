"""List quotes, newest first, with the totals of their active versions.

`q` is looked for in the number and the names of the party; days are the tenant's and included.
"""

from uuid import UUID

from shared.core.paging import Cursor, Limit, Page
from shared.domains.quotes.schemas.parties import Search
from shared.domains.quotes.schemas.quotes import Day, QuoteSummary, Status
from shared.domains.quotes.service import quotes
from shared.entry.http import Api

api = Api(scope="quotes:read", approved=True)


@api.get("/api/quotes")
def list_quotes(
    status: Status | None = None, party_id: UUID | None = None, q: Search | None = None, from_: Day | None = None,
    to: Day | None = None, limit: Limit = 20, cursor: Cursor | None = None,
) -> Page[QuoteSummary]:  # fmt: skip
    return quotes.list_quotes(
        api.call, status=status, party_id=party_id, text=q, from_date=from_, to_date=to, limit=limit,
        cursor=cursor,
    )  # fmt: skip


handler = api.handler
