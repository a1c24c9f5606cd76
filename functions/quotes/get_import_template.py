"""The headings of a spreadsheet that can be imported as a quote."""

from shared.core.files import Csv
from shared.domains.quotes.schemas.quotes import TemplatePly
from shared.domains.quotes.service import import_quote
from shared.entry.http import Api

api = Api(scope="quotes:read", approved=True)


@api.get("/api/quotes/import/template")
def get_import_template(ply: TemplatePly = 5) -> Csv:
    return import_quote.import_template(ply)


handler = api.handler
