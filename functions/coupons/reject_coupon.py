"""Reject a coupon that waits for approval, and say why if there is more to say; a change of it asks once more."""

from uuid import UUID

from shared.domains.coupons.errors import CouponNotFound, CouponNotPending, CouponOwnApproval
from shared.domains.coupons.schemas.catalogue import Coupon, CouponRejection
from shared.domains.coupons.service import approval
from shared.entry.http import Api

api = Api(audience="admin", permission="approve_coupon", problems=(CouponNotPending, CouponOwnApproval, CouponNotFound))

NO_REASON = CouponRejection()


@api.post("/api/coupons/{coupon_id}/reject")
def reject_coupon(coupon_id: UUID, given: CouponRejection = NO_REASON) -> Coupon:
    return approval.reject_coupon(api.call, coupon_id, given.reason)


handler = api.handler
