"""List the uses of coupons, newest first, also those that were released or lapsed.

`format=csv` answers all that match as one file, at most 10,000; it opens inert in a spreadsheet.
"""

from uuid import UUID

from shared.core.files import Csv
from shared.core.paging import Cursor, Limit, Page
from shared.domains.coupons.errors import CouponNotFound
from shared.domains.coupons.schemas.coupons import Day
from shared.domains.coupons.schemas.history import CouponUse, Format
from shared.domains.coupons.service import history
from shared.entry.http import Api

api = Api(audience="admin", permission="view_coupon_performance", memory=1024, problems=(CouponNotFound,))


@api.get("/api/coupons/usage/history")
def list_coupon_usages(
    coupon_id: UUID | None = None,
    user_id: UUID | None = None,
    tenant_id: UUID | None = None,
    from_: Day | None = None,
    to: Day | None = None,
    format_: Format = "json",
    limit: Limit = 20,
    cursor: Cursor | None = None,
) -> Page[CouponUse] | Csv:
    wanted = history.UsesWanted(coupon_id, user_id, tenant_id, from_, to)
    if format_ == "csv":
        return history.uses_as_file(api.call, wanted)
    return history.list_uses(api.call, wanted, limit=limit, cursor=cursor)


handler = api.handler
