"""Get a coupon, with how often it is used."""

from uuid import UUID

from shared.domains.coupons.errors import CouponNotFound
from shared.domains.coupons.schemas.catalogue import Coupon
from shared.domains.coupons.service import catalogue
from shared.entry.http import Api

api = Api(audience="admin", permission="list_coupons", problems=(CouponNotFound,))


@api.get("/api/coupons/{coupon_id}")
def get_coupon(coupon_id: UUID) -> Coupon:
    return catalogue.get_coupon(api.call, coupon_id)


handler = api.handler
