"""The quotation of a quote as PDF: of its active version, or of `version_no`."""

from uuid import UUID

from shared.core.files import Pdf
from shared.domains.quotes.errors import QuoteNotFound
from shared.domains.quotes.schemas.quotes import VersionNo
from shared.domains.quotes.service import print_quote as printing
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    scope="quotes:read", approved=True, problems=(QuoteNotFound,), needs=("pdf",), cost=5, timeout=29, memory=1769
)


@api.get("/api/quotes/{quote_id}/pdf")
def print_quote(quote_id: UUID, version_no: VersionNo | None = None) -> Pdf:
    return printing.print_quote(api.call, quote_id, version_no, wiring.quotation_printer())


handler = api.handler
