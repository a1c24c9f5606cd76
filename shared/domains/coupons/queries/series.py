"""Statements on many coupons: the operations, and their slices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Insert,
    Integer,
    Update,
    Uuid,
    and_,
    case,
    cast,
    column,
    func,
    or_,
    select,
    union_all,
)

from shared.core import query
from shared.core.query import Nullable
from shared.core.tables import Rows, one_of, recordset
from shared.domains.coupons.rows import BulkRow, CodeRow, CountRow, IdRow, SliceRow, TargetsRow
from shared.domains.coupons.tables import coupon_bulk_operations, coupon_holds, coupons, tenants, users

shown = tuple(coupon_bulk_operations.c[name] for name in BulkRow._fields)
waits = coupons.c.status == "pending_approval"


@query.one(TargetsRow)
def targets(*, series: Nullable[UUID], ids: list[UUID], admin: UUID) -> Rows:
    own = and_(waits, coupons.c.created_by == admin)
    counts = {"known": func.count(), "free": func.count().filter(_free()), "own": func.count().filter(own)}
    return select(*(count.label(name) for name, count in counts.items())).where(_among(series, ids))


@query.one(CountRow)
def count_holders(*, ids: list[UUID]) -> Rows:
    """Users and tenants."""
    known = union_all(*(select(table.c.id).where(one_of(table.c.id, ids)) for table in (users, tenants)))
    return select(func.count().label("counted")).select_from(known.subquery())


@query.later
def add_operation(*, operation: BulkRow) -> Insert:
    return coupon_bulk_operations.insert().values(operation._asdict())


@query.maybe(BulkRow)
def operation_by_id(*, id: UUID) -> Rows:
    return select(*shown).where(coupon_bulk_operations.c.id == id)


@query.maybe(BulkRow)
def operation_to_continue(*, id: UUID) -> Rows:
    """Locked, so that its slices are done one after the other."""
    unfinished = coupon_bulk_operations.c.id == id, coupon_bulk_operations.c.finished_at.is_(None)
    return select(*shown).where(*unfinished).with_for_update()


@query.later
def note_progress(*, id: UUID, number: int, last: UUID, finished_at: Nullable[datetime]) -> Update:
    done = coupon_bulk_operations.c.done + cast(number, Integer)
    changed = coupon_bulk_operations.update().where(coupon_bulk_operations.c.id == id)
    return changed.values(done=done, last_id=last, finished_at=finished_at)


@query.all_(IdRow)
def free_targets(*, series: Nullable[UUID], ids: list[UUID], limit: int) -> Rows:
    """Coupons that nobody has, locked."""
    found = select(coupons.c.id).where(_among(series, ids), _free())
    return found.order_by(coupons.c.id).limit(limit).with_for_update()


@query.one(SliceRow)
def disable(*, series: Nullable[UUID], ids: list[UUID], after: UUID, limit: int, now: datetime) -> Rows:
    """Of the coupons after one, those not disabled yet."""
    slice_ = _slice(series, ids, after, limit)
    offered = coupons.update().where(coupons.c.id == slice_.c.id, coupons.c.status != "disabled")
    return _changed(slice_, after, offered.values(status="disabled", updated_at=now))


@query.one(SliceRow)
def extend(
    *, series: Nullable[UUID], ids: list[UUID], after: UUID, limit: int, until: datetime, expired: str, now: datetime
) -> Rows:
    """Of the coupons after one, those that begin by then and end at another time. `expired` is the status that an
    expired one gets."""
    slice_ = _slice(series, ids, after, limit)
    fits = coupons.c.valid_from <= until, coupons.c.valid_until.is_distinct_from(until)
    status = case((coupons.c.status == "expired", expired), else_=coupons.c.status)
    fitting = coupons.update().where(coupons.c.id == slice_.c.id, *fits)
    return _changed(slice_, after, fitting.values(valid_until=until, status=status, updated_at=now))


@query.one(SliceRow)
def approve(*, series: Nullable[UUID], ids: list[UUID], after: UUID, limit: int, admin: UUID, now: datetime) -> Rows:
    """Of the coupons after one, those that wait for it and were made by another."""
    slice_ = _slice(series, ids, after, limit)
    waiting = coupons.update().where(coupons.c.id == slice_.c.id, waits, coupons.c.created_by != admin)
    return _changed(slice_, after, waiting.values(status="active", decided_by=admin, decided_at=now, updated_at=now))


@query.later
def assign(*, pairs: list[dict[str, object]], now: datetime) -> Update:
    """Each pair has the id of a coupon and that of its `holder`."""
    given = recordset(pairs, column("id", Uuid), column("holder", Uuid))
    changed = coupons.update().where(coupons.c.id == given.c.id)
    return changed.values(assigned_to=given.c.holder, updated_at=now)


@query.all_(CodeRow)
def codes(*, series: Nullable[UUID], ids: list[UUID]) -> Rows:
    found = select(*(coupons.c[name] for name in CodeRow._fields)).where(_among(series, ids))
    return found.order_by(coupons.c.id)


def _among(series: UUID | None, ids: list[UUID]) -> ColumnElement[bool]:
    return or_(coupons.c.series_id == series, one_of(coupons.c.id, ids))


def _slice(series: UUID | None, ids: list[UUID], after: UUID, limit: int) -> CTE:
    """The coupons after one, locked."""
    found = select(coupons.c.id).where(_among(series, ids), coupons.c.id > after)
    return found.order_by(coupons.c.id).limit(limit).with_for_update().cte("slice")


def _changed(slice_: CTE, after: UUID, change: Update) -> Rows:
    """Change what fits of a slice, and count both."""
    changed = select(func.count()).select_from(change.returning(coupons.c.id).cte("changed")).scalar_subquery()
    last = select(slice_.c.id).order_by(slice_.c.id.desc()).limit(1).scalar_subquery()
    found = func.count().label("found"), changed.label("changed"), func.coalesce(last, after).label("last_id")
    return select(*found).select_from(slice_)


def _free() -> ColumnElement[bool]:
    held = select(coupon_holds.c.redemption_id).where(coupon_holds.c.coupon_id == coupons.c.id).exists()
    over = one_of(coupons.c.status, ["disabled", "rejected", "expired"])
    return and_(coupons.c.assigned_to.is_(None), ~held, ~over)
