"""What goes in and out where a coupon is tried, used and given back."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import Amount, CurrencyCode, Input
from shared.core.money import Money
from shared.domains.coupons.schemas.coupons import AppliesTo, CouponType, Duration, PlanId, TriedCode

AppliedToType = Literal["subscription", "invoice"]
Reason = Literal[
    "unknown_code",
    "disabled",
    "not_started",
    "expired",
    "exhausted",
    "user_limit",
    "minimum",
    "plan",
    "scope",
    "first_subscription",
    "currency",
    "not_assigned",
]


class CouponTrial(Input):
    code: TriedCode
    purchase_amount: Amount
    currency: CurrencyCode | None = Field(None, description="left out: the tenant's")
    plan_id: PlanId | None = None
    applied_to_type: AppliedToType | None = Field(None, description="left out: not judged yet")


class OfferedCoupon(BaseModel):
    """What somebody who knows its code is told of a coupon."""

    id: UUID
    code: str
    name: str
    coupon_type: CouponType
    discount_value: Money = Field(description="percent, or an amount of `currency`")
    currency: str | None
    min_purchase_amount: Money | None
    max_discount_amount: Money | None
    plan_ids: list[str] = Field(description="none: every plan")
    applies_to: AppliesTo
    duration: Duration
    duration_in_cycles: int | None
    first_subscription_only: bool
    stackable: bool
    valid_from: datetime
    valid_until: datetime | None


class CouponValid(BaseModel):
    valid: Literal[True]
    discount_amount: Money
    final_amount: Money
    coupon: OfferedCoupon


class CouponInvalid(BaseModel):
    valid: Literal[False]
    reason: Reason = Field(description="the first that holds, in this order")


class RedemptionIn(Input):
    code: TriedCode
    purchase_amount: Amount
    currency: CurrencyCode
    plan_id: PlanId | None = None
    applied_to_type: AppliedToType
    applied_to_id: UUID = Field(
        description="the caller's own reference; not looked up", examples=["01a1f7d8-0000-7000-8000-00000000000a"]
    )


class Redemption(BaseModel):
    """A use of a coupon. Reserved it lapses at `expires_at` unless it is consumed."""

    redemption_id: UUID
    state: Literal["reserved", "consumed", "released", "given_back"]
    discount_amount: Money
    final_amount: Money
    currency: str
    expires_at: datetime
