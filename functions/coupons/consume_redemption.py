"""Keep a reserved use of a coupon for good: what it is for was paid."""

from uuid import UUID

from shared.domains.coupons.errors import RedemptionNotFound, RedemptionOver
from shared.domains.coupons.schemas.redemptions import Redemption
from shared.domains.coupons.service import redemptions
from shared.entry.http import Api

api = Api(audience="admin", permission="override_coupon", problems=(RedemptionOver, RedemptionNotFound))


@api.post("/api/coupons/redemptions/{redemption_id}/consume")
def consume_redemption(redemption_id: UUID) -> Redemption:
    return redemptions.consume(api.call, redemption_id)


handler = api.handler
