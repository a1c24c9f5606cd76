"""Pure rules of coupons: what one takes off, why one is refused, and what marketing may do alone. Amounts: minor units.

Sources: the customer's coupon rules (the order of the checks, caps, the discount before tax) with percentages over 100
refused, and the staff rules for marketing's limits.
"""

from collections.abc import Set
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from shared.core.money import MINOR, rounded, to_minor
from shared.domains.coupons.rows import CouponRow, OfferRow

RESERVED_FOR = timedelta(minutes=15)
USABLE = ("active", "expired")  # of the statuses: whether it has expired is read from its dates alone
STEP = Decimal(1)  # a minor unit

MOST_SLOTS = 100_000  # of a hot coupon
TARGETS = frozenset({"series_id", "coupon_ids"})
BULK_TAKES = {
    "create": frozenset({"prefix", "count", "coupon"}),
    "disable": TARGETS,
    "extend": TARGETS | {"valid_until"},
    "assign": TARGETS | {"assigned_to"},
    "approve": TARGETS,
}
BULK_WANTS = {  # permissions
    "create": "create_coupon",
    "disable": "delete_coupon",
    "extend": "override_coupon",
    "assign": "assign_coupon_to_user",
    "approve": "approve_coupon",
}
FROZEN = frozenset(
    {"coupon_type", "discount_value", "currency", "max_discount_amount", "duration", "duration_in_cycles"}
)
HARMLESS = frozenset({"name", "is_public"})
MARKETING_PERCENT, MARKETING_USES, MARKETING_LASTS = Decimal(30), 100, timedelta(days=90)


class Purchase(NamedTuple):
    """What a coupon is to be used for. `currency` and `applied_to_type` are None where they are not known yet."""

    amount: int
    currency: str | None
    plan_id: str | None
    applied_to_type: str | None
    user_id: UUID
    tenant_id: UUID


def discount(coupon_type: str, value: Decimal, amount: int, most: int | None) -> int:
    """What a coupon takes off an amount, rounded half-up, never more than the amount.

    A percentage takes off at most `most`, if that is not 0; a fixed amount is in major units.
    """
    if coupon_type == "fixed_amount":
        return min(to_minor(value), amount)
    off = int(rounded(amount * value / 100, STEP))
    return min(off, most or off, amount)


def refusal(coupon: OfferRow, purchase: Purchase, now: datetime) -> str | None:
    """The first reason why the coupon cannot be used, None if it can. A coupon is still valid at `valid_until`."""
    used, plans = coupon.used - coupon.lapsed, coupon.plan_ids
    checks = {
        "disabled": coupon.status not in USABLE,
        "not_started": now < coupon.valid_from,
        "expired": coupon.valid_until is not None and now > coupon.valid_until,
        "exhausted": coupon.max_uses is not None and used >= coupon.max_uses,
        "user_limit": coupon.mine >= coupon.max_uses_per_user,
        "minimum": purchase.amount < (coupon.min_purchase_amount or 0),
        "plan": bool(plans) and purchase.plan_id not in plans,
        "scope": purchase.applied_to_type is not None and coupon.applies_to not in ("all", purchase.applied_to_type),
        "first_subscription": coupon.first_subscription_only and coupon.has_subscribed,
        "currency": coupon.coupon_type == "fixed_amount"
        and coupon.currency != (purchase.currency or coupon.tenant_currency),
        "not_assigned": coupon.assigned_to not in (None, purchase.user_id, purchase.tenant_id),
    }
    return next((reason for reason, holds in checks.items() if holds), None)


def state(stored: str, expires_at: datetime, now: datetime) -> str:
    """Of a redemption: a reservation that was not consumed in time has lapsed, though nothing has written that down."""
    return "lapsed" if stored == "reserved" and expires_at <= now else stored


def within_marketing(
    coupon_type: str,
    value: Decimal,
    least_purchase: int | None,
    max_uses: int | None,
    valid_from: datetime,
    valid_until: datetime | None,
) -> bool:
    """Whether marketing may offer it unapproved: at most 30 %, 100 uses, 90 days. A fixed amount is judged by its share
    of the smallest purchase that it is for."""
    percent = value if coupon_type == "percentage" else 100 * to_minor(value) / Decimal(least_purchase or 1)
    few = max_uses is not None and max_uses <= MARKETING_USES
    short = valid_until is not None and valid_until - valid_from <= MARKETING_LASTS
    return percent <= MARKETING_PERCENT and few and short


def fault(coupon: CouponRow) -> tuple[str, str] | None:
    """The first field of its terms that does not fit the others, and what to do about it."""
    fixed, repeating = coupon.coupon_type == "fixed_amount", coupon.duration == "repeating"
    most, until = coupon.max_uses, coupon.valid_until
    checks = (
        (not fixed and coupon.discount_value > 100, "discount_value", "A percentage is at most 100."),
        (fixed and coupon.currency is None, "currency", "A fixed amount needs its currency."),
        (fixed and coupon.discount_value % MINOR != 0, "discount_value", "An amount has at most two decimals."),
        (repeating != (coupon.duration_in_cycles is not None), "duration_in_cycles", "Give it for a repeating coupon."),
        (until is not None and until < coupon.valid_from, "valid_until", "It must not be before valid_from."),
        (coupon.hot and most is None, "max_uses", "A hot coupon needs it: each of its uses has a slot."),
        (coupon.hot and (most or 0) > MOST_SLOTS, "max_uses", f"A hot coupon has at most {MOST_SLOTS:,} uses."),
    )
    return next(((field, advice) for wrong, field, advice in checks if wrong), None)


def keeps_approval(before: CouponRow, changed: Set[str]) -> bool:
    """Whether what was approved is still what is offered: one that anybody may use may be given to somebody."""
    return changed <= (HARMLESS if before.assigned_to else HARMLESS | {"assigned_to"})


def coupon_status(stored: str, valid_until: datetime | None, now: datetime) -> str:
    """Whether it has expired is read from its dates, not from what the job has written."""
    if stored not in USABLE:
        return stored
    return "expired" if valid_until is not None and valid_until < now else "active"


def changed_status(before: CouponRow, after: CouponRow, *, resumed: bool, alone: bool, now: datetime) -> str:
    """The status of a coupon whose terms were changed: what exceeds what its maker may offer `alone`, or was rejected,
    waits for approval; a disabled one stays so unless it is `resumed`; an expired one whose time was extended runs."""
    if before.status in ("pending_approval", "rejected"):
        return "pending_approval"
    if before.status == "disabled" and not resumed:
        return "disabled"
    if not alone:
        return "pending_approval"
    ended = before.status == "expired" and after.valid_until is not None and after.valid_until < now
    return "expired" if ended else "active"


def bulk_fault(action: str, given: Set[str]) -> tuple[str, str] | None:
    """The first field that an action on many coupons lacks, or has no use for; `given` are those that are not null."""
    takes = BULK_TAKES[action]
    if lacking := takes - given - TARGETS:
        return min(lacking), f"`{action}` needs it."
    if useless := given - takes:
        return min(useless), f"`{action}` has no use for it."
    if TARGETS & takes and len(TARGETS & given) != 1:
        return "series_id", "Give series_id or coupon_ids."
    return None


def period(first: date | None, last: date | None) -> tuple[datetime, datetime]:
    """From the beginning of the first day to that of the day after the last, UTC."""
    start = datetime.combine(first, time(), UTC) if first else datetime.min.replace(tzinfo=UTC)
    end = datetime.combine(last + timedelta(days=1), time(), UTC) if last else datetime.max.replace(tzinfo=UTC)
    return start, end
