"""List coupons, newest first."""

from uuid import UUID

from shared.core.paging import Cursor, Limit, Page
from shared.domains.coupons.schemas.catalogue import Coupon, CouponSearch
from shared.domains.coupons.schemas.coupons import CouponStatus
from shared.domains.coupons.service import catalogue
from shared.entry.http import Api

api = Api(audience="admin", permission="list_coupons")


@api.get("/api/coupons")
def list_coupons(
    status: CouponStatus | None = None,
    q: CouponSearch | None = None,
    series_id: UUID | None = None,
    is_public: bool | None = None,
    limit: Limit = 20,
    cursor: Cursor | None = None,
) -> Page[Coupon]:
    return catalogue.list_coupons(
        api.call, status=status, text=q, series_id=series_id, is_public=is_public, limit=limit, cursor=cursor
    )


handler = api.handler
