"""Events of this domain."""

from uuid import UUID

from pydantic import BaseModel


class CouponExpired(BaseModel):
    """The end of a coupon's validity has passed."""

    coupon_id: UUID
    code: str


class CouponBulkStarted(BaseModel):
    """The next slice of a bulk operation is to be done."""

    operation_id: UUID
