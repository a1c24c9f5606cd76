"""A coupon as its code finds it, and the end of its validity. Coupons are the platform's: every tenant finds them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Update, case, exists, func, or_, select

from shared.core import query
from shared.core.tables import Rows, rate_limits
from shared.domains.coupons.rows import ExpiredRow, OfferRow
from shared.domains.coupons.tables import coupon_holds, coupon_slots, coupon_usages, coupons, tenants

offered = tuple(coupons.c[name] for name in OfferRow._fields if name in coupons.c)


@query.maybe(OfferRow)
def offer(*, code: str, tenant: UUID, user: UUID, guesses: bytes, now: datetime) -> Rows:
    """With its uses as of now. `guesses` is the key of the rate limit that unknown codes are charged to."""
    holds = select(func.count()).where(coupon_holds.c.coupon_id == coupons.c.id)
    lapsed = holds.where(coupon_holds.c.held_until <= now)
    live = or_(coupon_holds.c.held_until.is_(None), coupon_holds.c.held_until > now)
    mine = holds.where(coupon_holds.c.user_id == user, live)
    free = exists().where(coupon_slots.c.coupon_id == coupons.c.id, coupon_slots.c.redemption_id.is_(None))
    used = case((~coupons.c.hot, coupons.c.uses), (free, 0), else_=coupons.c.max_uses)
    subscribed = exists().where(
        coupon_usages.c.tenant_id == tenant,
        coupon_usages.c.state == "consumed",
        coupon_usages.c.applied_to_type == "subscription",
    )
    currency = select(tenants.c.currency).where(tenants.c.id == tenant)
    until = select(rate_limits.c.until).where(rate_limits.c.key == guesses)
    return select(
        *offered,
        used.label("used"),
        lapsed.scalar_subquery().label("lapsed"),
        mine.scalar_subquery().label("mine"),
        subscribed.label("has_subscribed"),
        currency.scalar_subquery().label("tenant_currency"),
        until.scalar_subquery().label("guesses_until"),
    ).where(coupons.c.code == code)


@query.all_(ExpiredRow)
def expire(*, now: datetime, limit: int) -> Update:
    """Some of those whose time is over and which do not say so yet; what somebody is just changing waits."""
    over = select(coupons.c.id).where(coupons.c.status == "active", coupons.c.valid_until < now)
    some = over.order_by(coupons.c.valid_until).limit(limit).with_for_update(skip_locked=True)
    expired = coupons.update().where(coupons.c.id.in_(some)).values(status="expired", updated_at=now)
    return expired.returning(coupons.c.id, coupons.c.code)
