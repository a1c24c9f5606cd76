"""List parties, newest first.

`q` is looked for in names, mobile number, e-mail address and GSTIN.
"""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.quotes.schemas.parties import Party, Search
from shared.domains.quotes.service import parties
from shared.entry.http import Api

api = Api(scope="parties:read", approved=True)


@api.get("/api/parties")
def list_parties(q: Search | None = None, limit: Limit = 20, cursor: Cursor | None = None) -> Page[Party]:
    return parties.list_parties(api.call, q, limit, cursor)


handler = api.handler
