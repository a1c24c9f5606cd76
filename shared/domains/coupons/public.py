"""What other domains may ask of coupons, inside their own transaction."""

from shared.domains.coupons.errors import CouponRefused, RedemptionNotFound, RedemptionOver
from shared.domains.coupons.schemas.redemptions import Redemption, RedemptionIn
from shared.domains.coupons.service.redemptions import consume, give_back, release, reserve

__all__ = [
    "CouponRefused",
    "Redemption",
    "RedemptionIn",
    "RedemptionNotFound",
    "RedemptionOver",
    "consume",
    "give_back",
    "release",
    "reserve",
]
