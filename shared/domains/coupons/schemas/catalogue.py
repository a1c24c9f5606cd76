"""Coupons as those see them who make and keep them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from shared.core.fields import PLAIN, Amount, CurrencyCode, Input, Moment, Name, filled_line
from shared.core.money import Money
from shared.domains.coupons.schemas.coupons import (
    AppliesTo,
    Count,
    CouponStatus,
    CouponType,
    DiscountValue,
    Duration,
    NewCode,
    PlanId,
)

EXAMPLE: JsonDict = {
    "code": "WELCOME20", "name": "Welcome Discount", "coupon_type": "percentage", "discount_value": 20,
    "max_uses": 100, "valid_from": "2026-01-15T00:00:00Z", "valid_until": "2026-12-31T23:59:59Z",
}  # fmt: skip
Cycles = Annotated[int, Field(ge=1, le=1200), PLAIN]
PlanIds = Annotated[list[PlanId], Field(max_length=100, description="none: every plan")]
Reason = Annotated[str, filled_line(300), Field(examples=["The discount is higher than the margin of this plan"])]
CouponSearch = Annotated[str, filled_line(100), Field(description="looked for in code and name")]


class CouponTerms(Input):
    """What a coupon takes off, for whom, and how often."""

    name: Name
    coupon_type: CouponType
    discount_value: DiscountValue
    currency: CurrencyCode | None = Field(None, description="of a fixed amount, which needs one")
    max_uses: Count | None = Field(None, description="left out: any number")
    max_uses_per_user: Count = 1
    min_purchase_amount: Amount | None = None
    max_discount_amount: Amount | None = Field(None, description="of a percentage; 0: no limit")
    plan_ids: PlanIds | None = None
    applies_to: AppliesTo = "all"
    duration: Duration = "once"
    duration_in_cycles: Cycles | None = Field(None, description="of a repeating one, which needs it")
    first_subscription_only: bool = False
    is_public: bool = Field(False, description="only says whether it is listed")
    assigned_to: UUID | None = Field(None, description="a user or a tenant; left out: whoever knows the code")
    stackable: bool = False
    valid_from: Moment | None = Field(None, description="left out: now")
    valid_until: Moment | None = Field(None, description="still valid then; left out: for ever")


class NewCoupon(CouponTerms):
    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    code: NewCode
    hot: bool = Field(False, description="expects a rush: has a slot for each use, so it needs max_uses")


class CouponChanges(Input):
    """Only what is given is changed; null clears what may be empty."""

    name: Name = ""
    coupon_type: CouponType | None = None
    discount_value: DiscountValue | None = None
    currency: CurrencyCode | None = None
    max_uses: Count | None = None
    max_uses_per_user: Count | None = None
    min_purchase_amount: Amount | None = None
    max_discount_amount: Amount | None = None
    plan_ids: PlanIds | None = None
    applies_to: AppliesTo | None = None
    duration: Duration | None = None
    duration_in_cycles: Cycles | None = None
    first_subscription_only: bool | None = None
    is_public: bool | None = None
    assigned_to: UUID | None = None
    stackable: bool | None = None
    valid_from: Moment | None = None
    valid_until: Moment | None = None
    status: Literal["active"] | None = Field(None, description="takes a disabled coupon up again")


class CouponRejection(Input):
    reason: Reason | None = None


class Coupon(BaseModel):
    id: UUID
    code: str
    name: str
    status: CouponStatus
    coupon_type: CouponType
    discount_value: Money = Field(description="percent, or an amount of `currency`")
    currency: str | None
    max_uses: int | None
    max_uses_per_user: int
    uses: int = Field(description="reserved or consumed, as of now")
    min_purchase_amount: Money | None
    max_discount_amount: Money | None
    plan_ids: list[str]
    applies_to: AppliesTo
    duration: Duration
    duration_in_cycles: int | None
    first_subscription_only: bool
    is_public: bool
    assigned_to: UUID | None
    stackable: bool
    hot: bool
    valid_from: datetime
    valid_until: datetime | None
    series_id: UUID | None = Field(description="the bulk operation that made it")
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    decided_by: UUID | None = Field(description="who approved or rejected it")
    decided_at: datetime | None
    reason: str | None = Field(description="why it was rejected")
