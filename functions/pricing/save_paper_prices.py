"""Save one paper price or many: money per kg by burst factor."""

from shared.domains.pricing.schemas.settings import PaperPrice, PaperPricesIn, Saved
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:write")


@api.post("/api/pricing/paper-bf-prices")
def save_paper_prices(given: PaperPricesIn) -> PaperPrice | Saved[PaperPrice]:
    return settings.save_paper_prices(api.call, given)


handler = api.handler
