"""Disable a coupon: it is offered no longer, and what is reserved of it may still be consumed."""

from uuid import UUID

from shared.domains.coupons.errors import CouponNotFound
from shared.domains.coupons.service import catalogue
from shared.entry.http import Api

api = Api(audience="admin", permission="delete_coupon", problems=(CouponNotFound,))


@api.delete("/api/coupons/{coupon_id}")
def disable_coupon(coupon_id: UUID) -> None:
    catalogue.disable_coupon(api.call, coupon_id)


handler = api.handler
