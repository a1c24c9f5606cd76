"""What one coupon has brought.

Only consumed uses count; `from` and `to` are days (UTC) on which they were consumed.
"""

from uuid import UUID

from shared.domains.coupons.errors import CouponNotFound
from shared.domains.coupons.schemas.analytics import CouponFigures
from shared.domains.coupons.schemas.coupons import Day
from shared.domains.coupons.service import analytics
from shared.entry.http import Api

api = Api(audience="admin", permission="view_coupon_performance", problems=(CouponNotFound,))


@api.get("/api/coupons/{coupon_id}/analytics")
def get_coupon_analytics(coupon_id: UUID, from_: Day | None = None, to: Day | None = None) -> CouponFigures:
    return analytics.get_figures_of(api.call, coupon_id, from_, to)


handler = api.handler
