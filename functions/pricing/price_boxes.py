"""Price up to 2,000 boxes; nothing is stored.

Rows that are wrong are named and lose none of the others.
"""

from shared.domains.pricing.schemas.box import BoxesIn, BoxesOut
from shared.domains.pricing.service import costing
from shared.domains.pricing.service.settings import read_settings
from shared.entry.http import Api

api = Api(cost=5, scope="pricing:read", approved=True, reads=True, timeout=29, memory=1024)


@api.post("/api/pricing/boxes")
def price_boxes(boxes: BoxesIn) -> BoxesOut:
    return costing.price_boxes(boxes, read_settings(api.call.connection))


handler = api.handler
