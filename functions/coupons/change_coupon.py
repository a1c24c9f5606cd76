"""Change a coupon, but not its code.

Once somebody uses it, what it takes off stays. A change beyond the limits of marketing staff waits for approval again.
"""

from uuid import UUID

from shared.domains.coupons.errors import CouponInUse, CouponNotFound
from shared.domains.coupons.schemas.catalogue import Coupon, CouponChanges
from shared.domains.coupons.service import catalogue
from shared.entry.http import Api

api = Api(audience="admin", permission="create_coupon", problems=(CouponInUse, CouponNotFound))


@api.patch("/api/coupons/{coupon_id}")
def change_coupon(coupon_id: UUID, changes: CouponChanges) -> Coupon:
    return catalogue.change_coupon(api.call, coupon_id, changes)


handler = api.handler
