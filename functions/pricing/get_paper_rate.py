"""The tenant's rate per kg of a paper, and what it is made of."""

from shared.domains.pricing.errors import PaperPriceMissing
from shared.domains.pricing.schemas.box import Shade
from shared.domains.pricing.schemas.numbers import BurstFactor, Grammage
from shared.domains.pricing.schemas.settings import PaperRateOut
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:read", problems=(PaperPriceMissing,))


@api.get("/api/pricing/paper-rate")
def get_paper_rate(bf: BurstFactor, gsm: Grammage, shade: Shade = "") -> PaperRateOut:
    return settings.paper_rate(api.call, bf, gsm, shade)


handler = api.handler
