"""How a use is taken and given back. Each statement does all of it or nothing, whoever else is at the same coupon.

Taking is deferred to the commit, so that nobody keeps a coupon locked while he waits for an answer; what cannot be
taken violates `coupon_exhausted` or `coupon_user_limit`. Whoever locks several rows locks holds first, then slots and
coupons, so that nobody waits in a circle.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, DateTime, Insert, Text, Update, Uuid, case, cast, exists, func, or_, select

from shared.core import query
from shared.core.tables import Rows
from shared.domains.coupons.rows import RedemptionRow, Use
from shared.domains.coupons.tables import coupon_holds, coupon_slots, coupon_usages, coupons

redemption = tuple(coupon_usages.c[name] for name in RedemptionRow._fields)


@query.later
def lock_user(*, user: UUID) -> Rows:
    """Uses of one user are taken one after the other: the statement after this one counts those the others took."""
    return select(func.pg_advisory_xact_lock(func.hashtextextended(cast(user, Text), 0)))


@query.later
def reclaim_lapsed(*, coupon: UUID, now: datetime) -> Update:
    """Reservations that nobody consumed in time: their uses are free again."""
    over = select(coupon_holds.c.redemption_id).where(
        coupon_holds.c.coupon_id == coupon, coupon_holds.c.held_until <= now
    )
    over = over.order_by(coupon_holds.c.redemption_id).with_for_update()
    lapsed = coupon_holds.delete().where(coupon_holds.c.redemption_id.in_(over))
    gone = lapsed.returning(coupon_holds.c.redemption_id).cte("gone")
    count = select(func.count()).select_from(gone).scalar_subquery()
    counted = coupons.update().where(coupons.c.id == coupon, ~coupons.c.hot, count > 0)
    return counted.values(uses=coupons.c.uses - count).add_cte(_freed(gone))


@query.later
def take_use(*, use: Use) -> Insert:
    """One of a counted coupon."""
    left = or_(coupons.c.max_uses.is_(None), coupons.c.uses < coupons.c.max_uses)
    taken = coupons.update().where(left, *_offered(use)).values(uses=coupons.c.uses + 1)
    return _recorded(taken.returning(coupons.c.id).cte("taken"), use)


@query.later
def take_slot(*, use: Use, start: int) -> Insert:
    """The first free slot of a hot coupon from number `start` on, else from the first, that nobody else is at."""
    following, leading = _free(use, coupon_slots.c.number >= start), _free(use, coupon_slots.c.number < start)
    mine = coupon_slots.c.coupon_id == use.coupon_id, coupon_slots.c.number == func.coalesce(following, leading)
    taken = coupon_slots.update().where(*mine, exists(select(coupons.c.id).where(*_offered(use))))
    slot = taken.values(redemption_id=use.redemption_id).returning(coupon_slots.c.coupon_id.label("id"))
    return _recorded(slot.cte("taken"), use)


@query.maybe(RedemptionRow)
def consume(*, id: UUID, now: datetime) -> Update:
    """Keep a use for good; no row unless it is reserved and the time for that is not over."""
    reserved = coupon_holds.c.redemption_id.in_(_usage(id, "reserved")), coupon_holds.c.held_until > now
    kept = coupon_holds.update().where(*reserved).values(held_until=None)
    mine = coupon_usages.c.id.in_(select(kept.returning(coupon_holds.c.redemption_id).cte("kept").c.redemption_id))
    return coupon_usages.update().where(mine).values(state="consumed", consumed_at=now).returning(*redemption)


@query.maybe(RedemptionRow)
def release(*, id: UUID, now: datetime) -> Update:
    """Give back a use that is reserved."""
    return _ended(_usage(id, "reserved"), coupon_holds.c.held_until > now, state="released", now=now)


@query.maybe(RedemptionRow)
def give_back(*, id: UUID, now: datetime) -> Update:
    """Give back a use that was consumed."""
    return _ended(_usage(id, "consumed"), coupon_holds.c.held_until.is_(None), state="given_back", now=now)


@query.maybe(RedemptionRow)
def redemption_by_id(*, id: UUID) -> Rows:
    return select(*redemption).where(coupon_usages.c.id == id)


@query.maybe(RedemptionRow)
def redemption_of(*, id: UUID, user: UUID) -> Rows:
    return select(*redemption).where(coupon_usages.c.id == id, coupon_usages.c.user_id == user)


def _offered(use: Use) -> tuple[ColumnElement[bool], ...]:
    return coupons.c.id == use.coupon_id, or_(coupons.c.status == "active", coupons.c.status == "expired")


def _free(use: Use, place: ColumnElement[bool]) -> Any:
    mine = coupon_slots.c.coupon_id == use.coupon_id, coupon_slots.c.redemption_id.is_(None), place
    first = select(coupon_slots.c.number).where(*mine).order_by(coupon_slots.c.number).limit(1)
    return first.with_for_update(skip_locked=True).scalar_subquery()


def _recorded(taken: CTE, use: Use) -> Insert:
    """The hold and the tenant's row of a use: the hold without its coupon if none was taken, or without its user if he
    has no use left, which its constraints refuse."""
    live = or_(coupon_holds.c.held_until.is_(None), coupon_holds.c.held_until > use.created_at)
    his = coupon_holds.c.coupon_id == use.coupon_id, coupon_holds.c.user_id == use.user_id, live
    mine = select(func.count()).where(*his).scalar_subquery()
    most = select(coupons.c.max_uses_per_user).where(coupons.c.id == use.coupon_id).scalar_subquery()
    hold = {
        "redemption_id": cast(use.redemption_id, Uuid),
        "coupon_id": select(taken.c.id).scalar_subquery(),
        "user_id": case((mine < most, cast(use.user_id, Uuid))),
        "held_until": cast(use.expires_at, DateTime(timezone=True)),
    }
    held = coupon_holds.insert().from_select([*hold], select(*(value.label(name) for name, value in hold.items())))
    kept = held.returning(coupon_holds.c.redemption_id).cte("held")
    row = {**use._asdict(), "state": "reserved"}
    row["id"] = row.pop("redemption_id")
    values = (cast(value, coupon_usages.c[name].type).label(name) for name, value in row.items())
    usage = select(*values).select_from(kept)
    return coupon_usages.insert().from_select([*row], usage)


def _usage(id: UUID, state: str) -> Rows:
    return select(coupon_usages.c.id).where(coupon_usages.c.id == id, coupon_usages.c.state == state)


def _ended(mine: Rows, held: ColumnElement[bool], *, state: str, now: datetime) -> Update:
    hold = coupon_holds.delete().where(coupon_holds.c.redemption_id.in_(mine), held)
    gone = hold.returning(coupon_holds.c.redemption_id, coupon_holds.c.coupon_id).cte("gone")
    counted = coupons.update().where(coupons.c.id.in_(select(gone.c.coupon_id)), ~coupons.c.hot)
    fewer = counted.values(uses=coupons.c.uses - 1).returning(coupons.c.id).cte("counted")
    ended = coupon_usages.update().where(coupon_usages.c.id.in_(select(gone.c.redemption_id)))
    return ended.values(state=state, ended_at=now).returning(*redemption).add_cte(_freed(gone), fewer)


def _freed(gone: CTE) -> CTE:
    """The slots of these redemptions, where there are any."""
    theirs = coupon_slots.update().where(coupon_slots.c.redemption_id.in_(select(gone.c.redemption_id)))
    return theirs.values(redemption_id=None).returning(coupon_slots.c.number).cte("freed")
