"""Look what a coupon would take off a purchase, or the first reason why it cannot be used.

It takes no use. Unknown codes count as guesses: after 20 a minute from one address, every code is refused for a while.
"""

from shared.core.guesses import TooManyGuesses
from shared.domains.coupons.schemas.redemptions import CouponInvalid, CouponTrial, CouponValid
from shared.domains.coupons.service import redemptions
from shared.entry.http import Api

api = Api(scope="coupons:read", reads=True, problems=(TooManyGuesses,))


@api.post("/api/coupons/validate")
def validate_coupon(given: CouponTrial) -> CouponValid | CouponInvalid:
    return redemptions.validate(api.call, given)


handler = api.handler
