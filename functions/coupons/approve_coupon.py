"""Approve a coupon that waits for it; its maker cannot."""

from uuid import UUID

from shared.domains.coupons.errors import CouponNotFound, CouponNotPending, CouponOwnApproval
from shared.domains.coupons.schemas.catalogue import Coupon
from shared.domains.coupons.service import approval
from shared.entry.http import Api

api = Api(audience="admin", permission="approve_coupon", problems=(CouponNotPending, CouponOwnApproval, CouponNotFound))


@api.post("/api/coupons/{coupon_id}/approve")
def approve_coupon(coupon_id: UUID) -> Coupon:
    return approval.approve_coupon(api.call, coupon_id)


handler = api.handler
