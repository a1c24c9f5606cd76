"""Figures over the consumed uses of coupons, of every tenant."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, BigInteger, Date, and_, cast, func, or_, select

from shared.core import query
from shared.core.tables import Rows, listed
from shared.domains.coupons.rows import FiguresRow
from shared.domains.coupons.tables import coupon_usages, coupons

TOP = 5
WANTED = ("coupon_id", "user_id", "currency", "discount_amount", "purchase_amount", "consumed_at")


@query.one(FiguresRow)
def figures(*, coupon: UUID | None, start: datetime, end: datetime, now: datetime) -> Rows:
    """Of what was consumed in a period, of one coupon or of all."""
    uses = select(*(coupon_usages.c[name] for name in WANTED)).where(
        coupon_usages.c.state == "consumed", coupon_usages.c.consumed_at >= start, coupon_usages.c.consumed_at < end
    )
    if coupon is not None:
        uses = uses.where(coupon_usages.c.coupon_id == coupon)
    use = uses.cte("use")
    counted = select(use.c.coupon_id, func.count().label("uses")).group_by(use.c.coupon_id).cte("counted")
    known = _coupons(counted, now)
    if coupon is not None:
        known = known.where(coupons.c.id == coupon)
    all_ = known.subquery("all_coupons")
    users = select(func.count()).select_from(select(use.c.user_id).distinct().subquery("one_user"))
    return select(
        *all_.c,
        *_totals(counted),
        users.scalar_subquery().label("users"),
        listed(_days(use), "day", "currency").label("by_day"),
        listed(_top(counted), "place").label("top"),
    ).select_from(all_)


def _coupons(used: CTE, now: datetime) -> Rows:
    """Never less is offered than is used: what waits for approval, again, but is used counts as offered, and so do uses
    beyond a limit that was lowered later."""
    runs = or_(coupons.c.status == "active", coupons.c.status == "expired")
    over = and_(runs, coupons.c.valid_until.is_not(None), coupons.c.valid_until < now)
    approved = and_(coupons.c.status != "pending_approval", coupons.c.status != "rejected")
    offered = and_(coupons.c.max_uses.is_not(None), or_(approved, used.c.uses.is_not(None)))
    uses = func.sum(func.greatest(coupons.c.max_uses, used.c.uses)).filter(offered)
    return select(
        func.count().label("coupons"),
        func.count().filter(runs, ~over).label("active"),
        func.count().filter(over).label("expired"),
        cast(uses, BigInteger).label("offered_uses"),
    ).outerjoin_from(coupons, used, used.c.coupon_id == coupons.c.id)


def _totals(counted: CTE) -> list[Any]:
    """All uses, and those of coupons that have a limit."""
    total = select(cast(func.coalesce(func.sum(counted.c.uses), 0), BigInteger))
    limited = total.join(coupons, and_(coupons.c.id == counted.c.coupon_id, coupons.c.max_uses.is_not(None)))
    return [total.scalar_subquery().label("uses"), limited.scalar_subquery().label("limited_uses")]


def _days(use: CTE) -> Rows:
    """UTC, each with its currencies."""
    day = cast(func.timezone("UTC", use.c.consumed_at), Date).label("day")
    sums = func.sum(use.c.discount_amount).label("discount"), func.sum(use.c.purchase_amount).label("purchase")
    return select(day, use.c.currency, func.count().label("uses"), *sums).group_by(day, use.c.currency)


def _top(counted: CTE) -> Rows:
    """The first of equals is the one whose code comes first."""
    order = counted.c.uses.desc(), coupons.c.code
    place = func.row_number().over(order_by=order).label("place")
    found = select(coupons.c.id.label("coupon_id"), coupons.c.code, coupons.c.name, counted.c.uses, place)
    return found.join_from(counted, coupons, coupons.c.id == counted.c.coupon_id).order_by(*order).limit(TOP)
