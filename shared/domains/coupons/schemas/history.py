"""What is told of the uses of coupons, each by itself."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.money import Money
from shared.domains.coupons.schemas.redemptions import AppliedToType

Format = Annotated[Literal["json", "csv"], Field(description="csv: the whole, as a file")]


class CouponUse(BaseModel):
    redemption_id: UUID
    coupon_id: UUID
    code: str
    user_id: UUID
    tenant_id: UUID
    state: Literal["reserved", "lapsed", "consumed", "released", "given_back"]
    applied_to_type: AppliedToType
    applied_to_id: UUID
    plan_id: str | None
    currency: str
    purchase_amount: Money
    discount_amount: Money
    final_amount: Money
    created_at: datetime
    expires_at: datetime
    consumed_at: datetime | None
    ended_at: datetime | None = Field(description="when it was released or given back")
