"""Create a series of coupons, or disable, extend, assign or approve many.

The answer is 202: `GET /api/coupons/bulk/{operation_id}` tells how far it is. An action wants the permission that it
wants of a single coupon. A series that together exceeds the limits of marketing staff waits for approval.
"""

from shared.domains.coupons.errors import CouponNotFound, CouponOwnApproval, CouponsTooFew
from shared.domains.coupons.schemas.series import BulkOperation, CouponBulk
from shared.domains.coupons.service import series
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="create_coupon",
    needs=("outbox",),
    cost=10,
    problems=(CouponNotFound, CouponOwnApproval, CouponsTooFew),
)


@api.post("/api/coupons/bulk", status=202)
def start_coupon_bulk(given: CouponBulk) -> BulkOperation:
    return series.start(api.call, given)


handler = api.handler
