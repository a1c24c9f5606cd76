"""Statements of those who make and keep coupons."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Insert, Integer, Update, case, cast, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.paging import After
from shared.core.tables import Rows, contains, newest_first, one_of, recordset
from shared.domains.coupons.rows import CouponRow, IdRow
from shared.domains.coupons.tables import coupon_holds, coupon_slots, coupons, tenants, users

NAMES = CouponRow._fields
Terms = dict[str, object]  # a whole row: its keys are the columns


@query.all_(IdRow)
def add_coupons(*, rows: list[Terms]) -> Insert:
    """Those whose code is not taken, and which are assigned to nobody or somebody who is there."""
    given = _given(rows)
    somebody = (exists(select(table.c.id).where(table.c.id == given.c.assigned_to)) for table in (users, tenants))
    fit = select(*(given.c[name] for name in NAMES)).where(or_(given.c.assigned_to.is_(None), *somebody))
    added = insert(coupons).from_select(NAMES, fit).on_conflict_do_nothing(index_elements=["code"])
    return added.returning(coupons.c.id)


@query.later
def add_slots(*, coupon: UUID, first: int, last: int) -> Insert:
    """One for each use of a hot coupon, by these numbers."""
    number = (
        func.generate_series(cast(first, Integer), cast(last, Integer)).table_valued("number").render_derived().c.number
    )
    slots = select(cast(coupon, coupon_slots.c.coupon_id.type), number)
    return coupon_slots.insert().from_select(["coupon_id", "number"], slots)


@query.maybe(IdRow)
def coupon_by_code(*, code: str) -> Rows:
    return select(coupons.c.id).where(coupons.c.code == code)


@query.maybe(IdRow)
def holder_by_id(*, id: UUID) -> Rows:
    """A user or a tenant."""
    known = (exists(select(table.c.id).where(table.c.id == id)) for table in (users, tenants))
    return select(cast(id, coupons.c.id.type).label("id")).where(or_(*known))


@query.maybe(CouponRow)
def coupon_by_id(*, id: UUID, now: datetime) -> Rows:
    return _shown(now).where(coupons.c.id == id)


@query.all_(CouponRow)
def coupons_page(
    *,
    statuses: list[str],
    text: str | None,
    series: UUID | None,
    public: bool | None,
    after: After | None,
    limit: int,
    now: datetime,
) -> Rows:
    """Newest first. `text` is looked for in code and name, in any case."""
    found = _shown(now).where(one_of(_status(now), statuses))
    if text is not None:
        found = found.where(or_(contains(coupons.c.code, text), contains(coupons.c.name, text)))
    if series is not None:
        found = found.where(coupons.c.series_id == series)
    if public is not None:
        found = found.where(coupons.c.is_public == cast(public, Boolean))
    return newest_first(found, coupons.c.created_at, coupons.c.id, after, limit)


@query.maybe(CouponRow)
def coupon_to_change(*, id: UUID, now: datetime) -> Rows:
    """Locked to the end of the transaction: its changes come one after the other."""
    return _shown(now).where(coupons.c.id == id).with_for_update(of=coupons, key_share=True)


@query.later
def change_coupon(*, coupon: Terms) -> Update:
    """All but its uses, which whoever takes or gives back one counts."""
    given = _given(func.jsonb_build_array(coupon))
    values = {name: given.c[name] for name in NAMES if name not in ("id", "uses")}
    return coupons.update().where(coupons.c.id == given.c.id).values(values)


@query.count
def disable_coupon(*, id: UUID, now: datetime) -> Update:
    return coupons.update().where(coupons.c.id == id).values(status="disabled", updated_at=now)


@query.maybe(CouponRow)
def decide(*, id: UUID, admin: UUID, status: str, reason: query.Nullable[str], now: datetime) -> Update:
    """Approve or reject what waits for it, for another than its maker."""
    waits = coupons.c.id == id, coupons.c.status == "pending_approval", coupons.c.created_by != admin
    decision = {"status": status, "reason": reason, "decided_by": admin, "decided_at": now, "updated_at": now}
    return coupons.update().where(*waits).values(decision).returning(*_columns(now))


def _shown(now: datetime) -> Rows:
    return select(*_columns(now))


def _columns(now: datetime) -> list[Any]:
    return [*(coupons.c[name] for name in NAMES[:-1]), _uses(now)]


def _status(now: datetime) -> Any:
    """As rules.coupon_status has it."""
    runs = or_(coupons.c.status == "active", coupons.c.status == "expired")
    return case((~runs, coupons.c.status), (coupons.c.valid_until < now, "expired"), else_="active")


def _uses(now: datetime) -> Any:
    """Taken, without those that have lapsed."""
    slots = select(func.count(coupon_slots.c.redemption_id)).where(coupon_slots.c.coupon_id == coupons.c.id)
    lapsed = select(func.count()).where(coupon_holds.c.coupon_id == coupons.c.id, coupon_holds.c.held_until <= now)
    taken = case((coupons.c.hot, slots.scalar_subquery()), else_=coupons.c.uses)
    return (taken - lapsed.scalar_subquery()).label("uses")


def _given(rows: Any) -> Any:
    """Rows of coupons in a JSON array."""
    return recordset(rows, *(coupons.c[name] for name in NAMES))
