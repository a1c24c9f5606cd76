"""Save the paper prices of a CSV file: columns bf and base_price.

Rows that are wrong are named and lose none of the others.
"""

from shared.core.errors import NoValidRow
from shared.domains.pricing.errors import TooManyRows
from shared.domains.pricing.schemas.settings import ImportedPaperPrices, PaperPriceFile
from shared.domains.pricing.service import imports
from shared.entry.http import Api

api = Api(scope="pricing:write", problems=(NoValidRow, TooManyRows))


@api.post("/api/pricing/paper-bf-prices/import")
def import_paper_prices(file: PaperPriceFile) -> ImportedPaperPrices:
    return imports.import_paper_prices(api.call, file)


handler = api.handler
