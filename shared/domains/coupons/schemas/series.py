"""What is done to many coupons at once."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from shared.core.fields import PLAIN, Input, Moment, Shape
from shared.domains.coupons.schemas.catalogue import CouponTerms

SERIES: JsonDict = {
    "action": "create", "prefix": "DIWALI", "count": 1000,
    "coupon": {"name": "Diwali mailing", "coupon_type": "percentage", "discount_value": 20, "max_uses": 1},
}  # fmt: skip
MANY = 10_000
Action = Literal["create", "disable", "extend", "assign", "approve"]
Prefix = Annotated[
    str,
    Shape("^[A-Za-z0-9][A-Za-z0-9_-]{0,19}$", 20, "Give 1 to 20 letters (A-Z), digits, - or _."),
    Field(examples=["DIWALI"]),
]
Ids = Annotated[list[UUID], Field(min_length=1, max_length=MANY)]


class CouponBulk(Input):
    """`create` takes prefix, count and coupon; the others one of series_id and coupon_ids, and what they set."""

    model_config = ConfigDict(json_schema_extra={"examples": [SERIES]})

    action: Action
    prefix: Prefix | None = Field(None, description="of each code; - and nine random characters follow")
    count: Annotated[int, Field(ge=1, le=MANY), PLAIN] | None = None
    coupon: CouponTerms | None = Field(None, description="what all of them are")
    series_id: UUID | None = Field(None, description="the operation that made the coupons")
    coupon_ids: Ids | None = None
    valid_until: Moment | None = Field(None, description="of `extend`: to come, but it may be before the present one")
    assigned_to: Ids | None = Field(None, description="of `assign`: users or tenants; each gets one unused coupon")


class BulkOperation(BaseModel):
    id: UUID
    action: Action
    status: Literal["queued", "running", "finished"]
    total: int
    done: int = Field(
        description="those changed; may end below total where some begin after valid_until, do not wait for approval or"
        " are as wanted already, where somebody else was faster, or a user has gone"
    )
    series_id: UUID | None
    created_by: UUID
    created_at: datetime
    finished_at: datetime | None
