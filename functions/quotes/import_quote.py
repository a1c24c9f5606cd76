"""Quote the boxes of a spreadsheet.

A row that cannot be priced is named in `refused` and does not lose the others; `GET /api/quotes/import/template` gives
the headings.
"""

from shared.core.errors import NoValidRow
from shared.domains.quotes.errors import FileTooLarge, PartyNotFound, QuoteTooLarge, SpreadsheetRefused
from shared.domains.quotes.schemas.quotes import ImportedQuote, QuoteImport
from shared.domains.quotes.service import import_quote as importing
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    scope="quotes:write", approved=True, cost=10, timeout=29, memory=1024,
    problems=(FileTooLarge, NoValidRow, PartyNotFound, QuoteTooLarge, SpreadsheetRefused),
)  # fmt: skip


@api.post("/api/quotes/import", status=201)
def import_quote(form: QuoteImport) -> ImportedQuote:
    return importing.import_quote(api.call, form, wiring.spreadsheet_reader())


handler = api.handler
