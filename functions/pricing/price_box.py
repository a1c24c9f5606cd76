"""Price a box; nothing is stored."""

from shared.domains.pricing.errors import LayerPriceMissing, RateNegative
from shared.domains.pricing.schemas.box import BoxIn, BoxOut
from shared.domains.pricing.service import costing
from shared.domains.pricing.service.settings import read_settings
from shared.entry.http import Api

api = Api(scope="pricing:read", approved=True, reads=True, problems=(LayerPriceMissing, RateNegative))


@api.post("/api/pricing/box")
def price_box(box: BoxIn) -> BoxOut:
    return costing.price_box(box, read_settings(api.call.connection)).costing


handler = api.handler
