"""Give a reserved use of a coupon back: one's own, or as an owner or admin of the tenant anybody's of it."""

from uuid import UUID

from shared.domains.coupons.errors import RedemptionNotFound, RedemptionOver
from shared.domains.coupons.schemas.redemptions import Redemption
from shared.domains.coupons.service import redemptions
from shared.entry.http import Api

api = Api(
    audience="both", scope="coupons:write", permission="override_coupon", problems=(RedemptionOver, RedemptionNotFound)
)


@api.post("/api/coupons/redemptions/{redemption_id}/release")
def release_redemption(redemption_id: UUID) -> Redemption:
    return redemptions.release_own(api.call, redemption_id)


handler = api.handler
