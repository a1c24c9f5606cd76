"""What is done to many coupons: asked for at once, done by a consumer in slices, each an event and a transaction.

A slice that is killed has changed nothing, and its event comes again; so nothing is done twice or forgotten.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from shared.core import outbox
from shared.core.call import Call
from shared.core.csv_file import csv_file
from shared.core.errors import Forbidden, Invalid
from shared.core.files import Csv
from shared.core.ids import new_id
from shared.domains.coupons import rules
from shared.domains.coupons.errors import (
    CouponBulkNotFound,
    CouponBulkUnfinished,
    CouponNotFound,
    CouponOwnApproval,
    CouponsTooFew,
)
from shared.domains.coupons.events import CouponBulkStarted
from shared.domains.coupons.queries import catalogue
from shared.domains.coupons.queries import series as queries
from shared.domains.coupons.rows import BulkRow, CodeRow, SliceRow
from shared.domains.coupons.schemas.catalogue import CouponTerms
from shared.domains.coupons.schemas.series import BulkOperation, CouponBulk
from shared.domains.coupons.service.catalogue import may_offer, new_coupon, nobody

SLICE = 1000  # coupons a transaction
LETTERS = "ACDEFGHJKMNPQRTUWXY3479"  # of those that look alike at most one: 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V
LENGTH = 9  # 40.7 random bits
DRAWS = 3
FIRST = UUID(int=0)


class Slice(NamedTuple):
    """`over` where no coupon is left, though fewer were done than asked for."""

    done: int
    last_id: UUID
    over: bool


def start(call: Call, given: CouponBulk) -> BulkOperation:
    """Forbidden without the action's own permission, CouponNotFound, CouponOwnApproval, CouponsTooFew; Invalid."""
    _check(call, given)
    id_, series_id, ids = new_id(call.now), given.series_id, sorted(set(given.coupon_ids or ()))
    if given.coupon and given.count:
        series_id, total = id_, given.count
        parameters: dict[str, object] = {
            "prefix": given.prefix,
            "coupon": _pattern(call, given.coupon, given.count, id_),
        }
    else:
        total = _targets(call, given, ids)
        parameters = {"valid_until": given.valid_until, "holders": given.assigned_to}
    operation = BulkRow(
        id_, given.action, parameters, series_id, ids, total, 0, FIRST, call.admin_id, call.now, finished_at=None
    )
    queries.add_operation(call.connection, operation=operation)
    outbox.announce(call, CouponBulkStarted(operation_id=id_))
    return _shown(operation)


def get_operation(call: Call, id: UUID) -> BulkOperation:
    """How far it is. CouponBulkNotFound."""
    return _shown(_found(call, id))


def codes_as_file(call: Call, id: UUID) -> Csv:
    """The coupons that it made or was about. CouponBulkUnfinished while it is at work."""
    operation = _found(call, id)
    if operation.finished_at is None:
        raise CouponBulkUnfinished
    rows = queries.codes(call.connection, series=operation.series_id, ids=operation.coupon_ids)
    lines = (row._replace(status=rules.coupon_status(row.status, row.valid_until, call.now)) for row in rows)
    return csv_file(CodeRow._fields, lines, "coupons.csv")


def do_slice(call: Call, operation_id: UUID) -> None:
    """The next coupons of an operation, and the event of the slice after, unless these were the last."""
    operation = queries.operation_to_continue(call.connection, id=operation_id)
    if operation is None:
        return
    done, last_id, over = DO[operation.action](call, operation)
    over = over or operation.done + done >= operation.total
    queries.note_progress(
        call.connection, id=operation.id, number=done, last=last_id, finished_at=call.now if over else None
    )
    if not over:
        outbox.announce(call, CouponBulkStarted(operation_id=operation.id))


def new_code(prefix: str) -> str:
    """As hard to guess as it is easy to type."""
    return f"{prefix}-{''.join(secrets.choice(LETTERS) for _ in range(LENGTH))}".upper()


def _check(call: Call, given: CouponBulk) -> None:
    wanted = rules.BULK_WANTS[given.action]
    if wanted not in call.actor.permissions:
        raise Forbidden(f"your role does not include {wanted}", permission=wanted)
    sent = given.model_dump(exclude_none=True, exclude={"action"})
    if fault := rules.bulk_fault(given.action, sent.keys()):
        field, advice = fault
        raise Invalid.at(f"#/{field}", advice)
    if given.valid_until and given.valid_until < call.now:
        raise Invalid.at("#/valid_until", "It must not be in the past; to end coupons, disable them.")


def _pattern(call: Call, terms: CouponTerms, count: int, series_id: UUID) -> dict[str, object]:
    """What every coupon of the series will be."""
    coupon = new_coupon(call, terms, code="", at="#/coupon")._replace(series_id=series_id)
    if coupon.assigned_to and not catalogue.holder_by_id(call.connection, id=coupon.assigned_to):
        raise nobody("#/coupon")
    status = "active" if may_offer(call, coupon, count) else "pending_approval"
    return coupon._replace(status=status)._asdict()


def _targets(call: Call, given: CouponBulk, ids: list[UUID]) -> int:
    """How many there are to do."""
    found = queries.targets(call.connection, series=given.series_id, ids=ids, admin=call.admin_id)
    if not found.known or found.known < len(ids):
        raise CouponNotFound
    if given.action == "approve" and found.own:
        raise CouponOwnApproval
    if not given.assigned_to:
        return found.known
    holders = set(given.assigned_to)
    if queries.count_holders(call.connection, ids=sorted(holders)).counted < len(holders):
        raise Invalid.at("#/assigned_to", "One of these is neither a user nor a tenant.")
    if found.free < len(given.assigned_to):
        raise CouponsTooFew(free=found.free)
    return len(given.assigned_to)


def _shown(operation: BulkRow) -> BulkOperation:
    status = "finished" if operation.finished_at else "running" if operation.done else "queued"
    return BulkOperation.model_validate(operation._asdict() | {"status": status})


def _found(call: Call, id: UUID) -> BulkRow:
    found = queries.operation_by_id(call.connection, id=id)
    if found is None:
        raise CouponBulkNotFound
    return found


def _create(call: Call, operation: BulkRow) -> Slice:
    """A code that there is already, which hardly ever happens, is drawn again."""
    pattern, prefix = operation.parameters["coupon"], operation.parameters["prefix"]
    wanted, made = min(SLICE, operation.total - operation.done), 0
    for _ in range(DRAWS):
        rows = [pattern | {"id": new_id(call.now), "code": new_code(prefix)} for _ in range(wanted - made)]
        made += len(catalogue.add_coupons(call.connection, rows=rows))
        if made == wanted:
            break
    return Slice(made, FIRST, over=made == 0)


def _disable(call: Call, operation: BulkRow) -> Slice:
    return _changed(queries.disable(call.connection, **_next(operation), now=call.now))


def _extend(call: Call, operation: BulkRow) -> Slice:
    until = datetime.fromisoformat(operation.parameters["valid_until"])
    expired = "active" if until >= call.now else "expired"
    return _changed(queries.extend(call.connection, **_next(operation), until=until, expired=expired, now=call.now))


def _approve(call: Call, operation: BulkRow) -> Slice:
    return _changed(queries.approve(call.connection, **_next(operation), admin=operation.created_by, now=call.now))


def _assign(call: Call, operation: BulkRow) -> Slice:
    """Fewer than asked for where somebody else has taken some meanwhile."""
    holders = operation.parameters["holders"][operation.done :][:SLICE]
    free = queries.free_targets(
        call.connection, series=operation.series_id, ids=operation.coupon_ids, limit=len(holders)
    )
    pairs: list[dict[str, object]] = [
        {"id": row.id, "holder": holder} for row, holder in zip(free, holders, strict=False)
    ]
    queries.assign(call.connection, pairs=pairs, now=call.now)
    return Slice(len(free), free[-1].id if free else FIRST, over=not free)


def _next(operation: BulkRow) -> dict[str, Any]:
    """Which coupons come next."""
    return {"series": operation.series_id, "ids": operation.coupon_ids, "after": operation.last_id, "limit": SLICE}


def _changed(slice_: SliceRow) -> Slice:
    return Slice(slice_.changed, slice_.last_id, over=slice_.found < SLICE)


DO: dict[str, Callable[[Call, BulkRow], Slice]] = {
    "create": _create,
    "disable": _disable,
    "extend": _extend,
    "assign": _assign,
    "approve": _approve,
}
