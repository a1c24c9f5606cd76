"""Create a coupon.

What exceeds the limits of marketing staff (30 %, 100 uses, 90 days) waits for another's approval; who may override
them offers it at once.
"""

from shared.domains.coupons.errors import CouponCodeTaken
from shared.domains.coupons.schemas.catalogue import Coupon, NewCoupon
from shared.domains.coupons.service import catalogue
from shared.entry.http import Api

api = Api(audience="admin", permission="create_coupon", problems=(CouponCodeTaken,))


@api.post("/api/coupons", status=201)
def create_coupon(given: NewCoupon) -> Coupon:
    return catalogue.create_coupon(api.call, given)


handler = api.handler
