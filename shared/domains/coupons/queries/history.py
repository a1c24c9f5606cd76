"""The uses of coupons, of every tenant."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from shared.core import query
from shared.core.paging import After
from shared.core.tables import Rows, newest_first
from shared.domains.coupons.rows import UsageRow
from shared.domains.coupons.tables import coupon_usages, coupons


@query.all_(UsageRow)
def usages(
    *,
    coupon: UUID | None,
    user: UUID | None,
    tenant: UUID | None,
    start: datetime,
    end: datetime,
    after: After | None,
    limit: int,
) -> Rows:
    """Those of a period, newest first."""
    rest = (coupon_usages.c[name] for name in UsageRow._fields[3:])
    found = select(coupon_usages.c.id.label("redemption_id"), coupons.c.id.label("coupon_id"), coupons.c.code, *rest)
    found = found.join_from(coupon_usages, coupons, coupons.c.id == coupon_usages.c.coupon_id)
    found = found.where(coupon_usages.c.created_at >= start, coupon_usages.c.created_at < end)
    if coupon is not None:
        found = found.where(coupon_usages.c.coupon_id == coupon)
    if user is not None:
        found = found.where(coupon_usages.c.user_id == user)
    if tenant is not None:
        found = found.where(coupon_usages.c.tenant_id == tenant)
    return newest_first(found, coupon_usages.c.created_at, coupon_usages.c.id, after, limit)
