"""The tenant's paper prices: money per kg by burst factor."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.pricing.schemas.settings import PaperPrice
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:read")


@api.get("/api/pricing/paper-bf-prices")
def list_paper_prices(limit: Limit = 20, cursor: Cursor | None = None) -> Page[PaperPrice]:
    return settings.list_paper_prices(api.call, limit, cursor)


handler = api.handler
