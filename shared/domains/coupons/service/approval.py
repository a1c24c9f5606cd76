"""Coupons beyond the limits of marketing are offered once another than their maker has approved them."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.coupons.errors import CouponNotFound, CouponNotPending, CouponOwnApproval
from shared.domains.coupons.queries import catalogue as queries
from shared.domains.coupons.schemas.catalogue import Coupon
from shared.domains.coupons.service.catalogue import shown


def approve_coupon(call: Call, id: UUID) -> Coupon:
    """CouponNotPending; CouponOwnApproval for its maker."""
    return _decide(call, id, "active", None)


def reject_coupon(call: Call, id: UUID, reason: str | None) -> Coupon:
    """CouponNotPending; CouponOwnApproval for its maker, who may disable it."""
    return _decide(call, id, "rejected", reason)


def _decide(call: Call, id: UUID, status: str, reason: str | None) -> Coupon:
    decided = queries.decide(call.connection, id=id, admin=call.admin_id, status=status, reason=reason, now=call.now)
    if decided is not None:
        return shown(decided, call.now)
    found = queries.coupon_by_id(call.connection, id=id, now=call.now)
    if found is None:
        raise CouponNotFound
    if found.status != "pending_approval":
        raise CouponNotPending(state=found.status)
    raise CouponOwnApproval
