"""What can be refused here: each reason why a coupon cannot be used has a problem of its own, `coupon-<reason>`."""

from typing import ClassVar

from shared.core.errors import Conflict, Forbidden, NotFound


class CouponRefused(Conflict):
    title = "This coupon cannot be used here"
    reason: ClassVar[str]


class CouponUnknownCode(CouponRefused):
    title, reason = "There is no coupon of this code: check how it is spelled", "unknown_code"


class CouponDisabled(CouponRefused):
    title, reason = "This coupon is not offered, or no longer", "disabled"


class CouponNotStarted(CouponRefused):
    title, reason = "This coupon is not valid yet", "not_started"


class CouponExpired(CouponRefused):
    title, reason = "This coupon has expired", "expired"


class CouponExhausted(CouponRefused):
    title, reason = "Every use of this coupon is taken; a reservation that is not completed frees one", "exhausted"


class CouponUserLimit(CouponRefused):
    title, reason = "You have used this coupon as often as one may", "user_limit"


class CouponMinimum(CouponRefused):
    title, reason = "This coupon wants a larger purchase", "minimum"


class CouponPlan(CouponRefused):
    title, reason = "This coupon is for other plans", "plan"


class CouponScope(CouponRefused):
    title, reason = "This coupon is not for what it is applied to: applies_to says for what", "scope"


class CouponFirstSubscription(CouponRefused):
    title, reason = "This coupon is for a first subscription only", "first_subscription"


class CouponCurrency(CouponRefused):
    title, reason = "This coupon is an amount of another currency", "currency"


class CouponNotAssigned(CouponRefused):
    title, reason = "This coupon was given to somebody else", "not_assigned"


REFUSALS = {refusal.reason: refusal for refusal in CouponRefused.__subclasses__()}


class RedemptionNotFound(NotFound):
    title = "There is no such redemption"


class RedemptionOver(Conflict):
    title = "This redemption is no longer in the state that this needs; `state` tells its own"


class CouponNotFound(NotFound):
    title = "There is no such coupon"


class CouponCodeTaken(Conflict):
    title = "There is a coupon of this code; codes are unique, also those of disabled coupons"


class CouponInUse(Conflict):
    title = "This coupon is in use: what it takes off stays, so these fields cannot be changed any more"


class CouponNotPending(Conflict):
    title = "This coupon does not wait for approval; `state` tells its status"


class CouponOwnApproval(Forbidden):
    title = "A coupon is approved by another than its maker"


class CouponsTooFew(Conflict):
    title = "There are fewer coupons that nobody has than people to assign one to; `free` tells how many"


class CouponBulkNotFound(NotFound):
    title = "There is no such bulk operation"


class CouponBulkUnfinished(Conflict):
    title = "This operation is still at work: ask for its codes when it has finished"
