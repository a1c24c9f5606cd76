"""Rows of this domain's queries. Amounts are whole minor units."""

from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID


class OfferRow(NamedTuple):
    """A coupon as somebody finds it who gives its code, with what decides whether he may use it.

    `used` are the uses taken, of a hot coupon all or none; `lapsed` of them may be taken away. `mine` are the caller's
    own. `guesses_until` is when the guesses at codes from his address will be paid back.
    """

    id: UUID
    code: str
    name: str
    coupon_type: str
    discount_value: Decimal
    currency: str | None
    max_uses: int | None
    max_uses_per_user: int
    min_purchase_amount: int | None
    max_discount_amount: int | None
    plan_ids: list[str]
    applies_to: str
    duration: str
    duration_in_cycles: int | None
    first_subscription_only: bool
    assigned_to: UUID | None
    stackable: bool
    hot: bool
    valid_from: datetime
    valid_until: datetime | None
    status: str
    used: int
    lapsed: int
    mine: int
    has_subscribed: bool
    tenant_currency: str
    guesses_until: datetime | None


class Use(NamedTuple):
    """A use about to be taken, with all that its row will say; the argument of the statements that take one."""

    redemption_id: UUID
    tenant_id: UUID
    coupon_id: UUID
    user_id: UUID
    applied_to_type: str
    applied_to_id: UUID
    plan_id: str | None
    currency: str
    purchase_amount: int
    discount_amount: int
    final_amount: int
    created_at: datetime
    expires_at: datetime


class RedemptionRow(NamedTuple):
    id: UUID
    state: str
    currency: str
    discount_amount: int
    final_amount: int
    expires_at: datetime


class ExpiredRow(NamedTuple):
    id: UUID
    code: str


class CouponRow(NamedTuple):
    """A whole coupon; `uses` as of now: reserved or consumed."""

    id: UUID
    code: str
    name: str
    coupon_type: str
    discount_value: Decimal
    currency: str | None
    max_uses: int | None
    max_uses_per_user: int
    min_purchase_amount: int | None
    max_discount_amount: int | None
    plan_ids: list[str]
    applies_to: str
    duration: str
    duration_in_cycles: int | None
    first_subscription_only: bool
    is_public: bool
    assigned_to: UUID | None
    stackable: bool
    hot: bool
    valid_from: datetime
    valid_until: datetime | None
    status: str
    series_id: UUID | None
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None
    uses: int


class IdRow(NamedTuple):
    id: UUID


class UsageRow(NamedTuple):
    redemption_id: UUID
    coupon_id: UUID
    code: str
    user_id: UUID
    tenant_id: UUID
    state: str
    applied_to_type: str
    applied_to_id: UUID
    plan_id: str | None
    currency: str
    purchase_amount: int
    discount_amount: int
    final_amount: int
    created_at: datetime
    expires_at: datetime
    consumed_at: datetime | None
    ended_at: datetime | None


class FiguresRow(NamedTuple):
    """Of consumed uses, with the coupons they are of."""

    coupons: int
    active: int
    expired: int
    offered_uses: int | None  # of the coupons that have a limit, at least what was used of each
    uses: int
    limited_uses: int  # of these coupons
    users: int
    by_day: list[dict[str, Any]]
    top: list[dict[str, Any]]


class BulkRow(NamedTuple):
    id: UUID
    action: str
    parameters: dict[str, Any]
    series_id: UUID | None
    coupon_ids: list[UUID]
    total: int
    done: int
    last_id: UUID
    created_by: UUID
    created_at: datetime
    finished_at: datetime | None


class TargetsRow(NamedTuple):
    """How many coupons a bulk operation is about: `free` of them nobody has, `own` wait and were made by the caller."""

    known: int
    free: int
    own: int


class SliceRow(NamedTuple):
    """Coupons that a slice of a bulk operation came to: how many, how many of them it changed, and the last of them."""

    found: int
    changed: int
    last_id: UUID


class CountRow(NamedTuple):
    counted: int


class CodeRow(NamedTuple):
    """A coupon of a bulk operation; `status` as it is written."""

    code: str
    status: str
    assigned_to: UUID | None
    valid_from: datetime
    valid_until: datetime | None
