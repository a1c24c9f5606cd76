"""What is told of the uses of coupons, all together."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.money import Money


class CouponMoney(BaseModel):
    """Of the consumed uses in one currency."""

    currency: str
    uses: int
    total_discount: Money
    mean_discount: Money
    purchase_amount: Money = Field(description="before the discount")


class CouponDay(BaseModel):
    """Of the uses consumed on a day (UTC), in one currency."""

    day: date
    currency: str
    uses: int
    total_discount: Money
    purchase_amount: Money


class TopCoupon(BaseModel):
    coupon_id: UUID
    code: str
    name: str
    uses: int


class CouponFigures(BaseModel):
    """Of consumed uses; what was given back is none. Amounts of different currencies are never added."""

    uses: int
    distinct_users: int
    redemption_rate: Money | None = Field(
        description="of the uses that max_uses offers the share that is consumed, to four places; null without a limit"
    )
    money: list[CouponMoney]
    by_day: list[CouponDay] = Field(description="days without a use are left out")


class CampaignFigures(CouponFigures):
    coupons: int
    active: int
    expired: int
    top: list[TopCoupon] = Field(description="the five with the most uses")
