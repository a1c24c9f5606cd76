"""What all coupons have brought: uses, discounts, the five that are used most, each day.

Only consumed uses count; `from` and `to` are days (UTC) on which they were consumed.
"""

from shared.domains.coupons.schemas.analytics import CampaignFigures
from shared.domains.coupons.schemas.coupons import Day
from shared.domains.coupons.service import analytics
from shared.entry.http import Api

api = Api(audience="admin", permission="view_coupon_analytics")


@api.get("/api/coupons/analytics")
def get_coupons_analytics(from_: Day | None = None, to: Day | None = None) -> CampaignFigures:
    return analytics.get_figures(api.call, from_, to)


handler = api.handler
