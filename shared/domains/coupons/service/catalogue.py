"""Making and keeping coupons. Who may not override the limits of marketing needs another's approval beyond them."""

from datetime import datetime
from typing import Any, get_args
from uuid import UUID

from shared.core import paging
from shared.core.call import Call
from shared.core.errors import Forbidden, Invalid
from shared.core.ids import new_id
from shared.core.money import from_minor, to_minor
from shared.core.paging import Page
from shared.domains.coupons import rules
from shared.domains.coupons.errors import CouponCodeTaken, CouponInUse, CouponNotFound
from shared.domains.coupons.queries import catalogue as queries
from shared.domains.coupons.rows import CouponRow
from shared.domains.coupons.schemas.catalogue import Coupon, CouponChanges, CouponTerms, NewCoupon
from shared.domains.coupons.schemas.coupons import CouponStatus

AMOUNTS = ("min_purchase_amount", "max_discount_amount")
CLEARABLE = {*AMOUNTS, "currency", "max_uses", "duration_in_cycles", "assigned_to", "valid_until"}


def create_coupon(call: Call, given: NewCoupon) -> Coupon:
    """CouponCodeTaken; Invalid where the terms contradict each other, or name nobody as `assigned_to`."""
    coupon = new_coupon(call, given, code=given.code, hot=given.hot)
    coupon = coupon._replace(status="active" if may_offer(call, coupon) else "pending_approval")
    if not queries.add_coupons(call.connection, rows=[coupon._asdict()]):
        if queries.coupon_by_code(call.connection, code=coupon.code):
            raise CouponCodeTaken
        raise nobody("#")
    if coupon.hot and coupon.max_uses:
        queries.add_slots(call.connection, coupon=coupon.id, first=1, last=coupon.max_uses)
    return shown(coupon, call.now)


def list_coupons(
    call: Call,
    *,
    status: CouponStatus | None,
    text: str | None,
    series_id: UUID | None,
    is_public: bool | None,
    limit: int,
    cursor: str | None,
) -> Page[Coupon]:
    """Newest first."""
    rows = queries.coupons_page(
        call.connection,
        statuses=[status] if status else list(get_args(CouponStatus)),
        text=text,
        series=series_id,
        public=is_public,
        after=paging.after(cursor),
        limit=limit + 1,
        now=call.now,
    )
    return paging.page(rows, limit, lambda row: shown(row, call.now))


def get_coupon(call: Call, id: UUID) -> Coupon:
    """CouponNotFound."""
    found = queries.coupon_by_id(call.connection, id=id, now=call.now)
    if found is None:
        raise CouponNotFound
    return shown(found, call.now)


def change_coupon(call: Call, id: UUID, given: CouponChanges) -> Coupon:
    """CouponInUse for what it takes off once somebody uses it. Forbidden where another than its maker goes beyond what
    marketing may offer, without the permission to."""
    before = queries.coupon_to_change(call.connection, id=id, now=call.now)
    if before is None:
        raise CouponNotFound
    changes = _changes(given)
    after = before._replace(**changes, updated_at=call.now)
    changed = {name for name in changes if getattr(before, name) != getattr(after, name)}
    _check_change(call, before, after, changed)
    after = after._replace(status=_status(call, before, after, changed, resumed=given.status is not None))
    if after.status == "pending_approval":
        after = after._replace(decided_by=None, decided_at=None, reason=None)
    queries.change_coupon(call.connection, coupon=after._asdict())
    if after.hot and after.max_uses and "max_uses" in changed:
        queries.add_slots(call.connection, coupon=id, first=(before.max_uses or 0) + 1, last=after.max_uses)
    return shown(after, call.now)


def disable_coupon(call: Call, id: UUID) -> None:
    """What is reserved of it may still be consumed."""
    if not queries.disable_coupon(call.connection, id=id, now=call.now):
        raise CouponNotFound


def new_coupon(call: Call, given: CouponTerms, *, code: str, hot: bool = False, at: str = "#") -> CouponRow:
    """As it is to be written, but for its status; Invalid where terms, to which `at` points, contradict each other."""
    coupon = CouponRow(
        id=new_id(call.now),
        code=code,
        name=given.name,
        coupon_type=given.coupon_type,
        discount_value=given.discount_value,
        currency=given.currency,
        max_uses=given.max_uses,
        max_uses_per_user=given.max_uses_per_user,
        min_purchase_amount=None if given.min_purchase_amount is None else to_minor(given.min_purchase_amount),
        max_discount_amount=None if given.max_discount_amount is None else to_minor(given.max_discount_amount),
        plan_ids=given.plan_ids or [],
        applies_to=given.applies_to,
        duration=given.duration,
        duration_in_cycles=given.duration_in_cycles,
        first_subscription_only=given.first_subscription_only,
        is_public=given.is_public,
        assigned_to=given.assigned_to,
        stackable=given.stackable,
        hot=hot,
        valid_from=given.valid_from or call.now,
        valid_until=given.valid_until,
        status="active",
        series_id=None,
        created_by=call.admin_id,
        created_at=call.now,
        updated_at=call.now,
        decided_by=None,
        decided_at=None,
        reason=None,
        uses=0,
    )
    _check(coupon, at)
    return coupon


def may_offer(call: Call, coupon: CouponRow, count: int = 1) -> bool:
    """Whether the caller may offer so many of it unapproved."""
    return "override_coupon" in call.actor.permissions or rules.within_marketing(
        coupon.coupon_type,
        coupon.discount_value,
        coupon.min_purchase_amount,
        coupon.max_uses and coupon.max_uses * count,
        coupon.valid_from,
        coupon.valid_until,
    )


def shown(row: CouponRow, now: datetime) -> Coupon:
    """As an answer shows it."""
    amounts = {name: getattr(row, name) for name in AMOUNTS}
    major = {name: None if amount is None else from_minor(amount) for name, amount in amounts.items()}
    status = rules.coupon_status(row.status, row.valid_until, now)
    return Coupon.model_validate(row._asdict() | major | {"status": status})


def _changes(given: CouponChanges) -> dict[str, Any]:
    """By column; a null where there can be none changes nothing."""
    sent = given.model_dump(exclude_unset=True, exclude={"status"})
    for name in AMOUNTS:
        if sent.get(name) is not None:
            sent[name] = to_minor(sent[name])
    if "plan_ids" in sent:
        sent["plan_ids"] = sent["plan_ids"] or []
    return {name: value for name, value in sent.items() if value is not None or name in CLEARABLE}


def _check(coupon: CouponRow, at: str) -> None:
    if fault := rules.fault(coupon):
        field, advice = fault
        raise Invalid.at(f"{at}/{field}", advice)


def _check_change(call: Call, before: CouponRow, after: CouponRow, changed: set[str]) -> None:
    if before.uses and (fixed := changed & rules.FROZEN):
        raise CouponInUse(fields=sorted(fixed))
    _check(after, "#")
    if after.hot and (after.max_uses or 0) < (before.max_uses or 0):
        raise Invalid.at("#/max_uses", "The uses of a hot coupon can only become more; to stop it, disable it.")
    holder = after.assigned_to if "assigned_to" in changed else None
    if holder and not queries.holder_by_id(call.connection, id=holder):
        raise nobody("#")


def _status(call: Call, before: CouponRow, after: CouponRow, changed: set[str], *, resumed: bool) -> str:
    if resumed and "delete_coupon" not in call.actor.permissions:
        raise Forbidden("who may disable a coupon takes it up again", permission="delete_coupon")
    alone = may_offer(call, after) or (not resumed and rules.keeps_approval(before, changed))
    if not alone and before.created_by != call.admin_id:
        raise Forbidden("this exceeds what you may offer, and another made it", permission="override_coupon")
    return rules.changed_status(before, after, resumed=resumed, alone=alone, now=call.now)


def nobody(at: str) -> Invalid:
    """To raise; `at` is a pointer to the terms."""
    return Invalid.at(f"{at}/assigned_to", "There is no user and no tenant of this id.")
