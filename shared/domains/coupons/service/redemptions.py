"""Coupons tried and used: a use is reserved, then consumed or released; a refund gives a consumed one back."""

import secrets
from decimal import Decimal
from uuid import UUID

from shared.core import guesses
from shared.core.call import Call
from shared.core.ids import new_id
from shared.core.money import from_minor, to_minor
from shared.domains.coupons import rules
from shared.domains.coupons.errors import (
    REFUSALS,
    CouponExhausted,
    CouponUnknownCode,
    CouponUserLimit,
    RedemptionNotFound,
    RedemptionOver,
)
from shared.domains.coupons.queries import offers, uses
from shared.domains.coupons.rows import OfferRow, RedemptionRow, Use
from shared.domains.coupons.schemas.redemptions import (
    CouponInvalid,
    CouponTrial,
    CouponValid,
    OfferedCoupon,
    Redemption,
    RedemptionIn,
)


def validate(call: Call, given: CouponTrial) -> CouponValid | CouponInvalid:
    """What the coupon would take off, or why it cannot be used. Unknown codes count as guesses: TooManyGuesses."""
    offer = look_up(call, given.code)
    if offer is None:
        guesses.count(call)
        return CouponInvalid(valid=False, reason="unknown_code")
    guesses.check(call, offer.guesses_until)
    purchase = _purchase(call, given)
    if reason := rules.refusal(offer, purchase, call.now):
        return CouponInvalid.model_validate({"valid": False, "reason": reason})
    off = _discount(offer, purchase.amount)
    return CouponValid(
        valid=True,
        discount_amount=from_minor(off),
        final_amount=from_minor(purchase.amount - off),
        coupon=_shown_offer(offer),
    )


def redeem(call: Call, given: RedemptionIn) -> Redemption:
    """As `reserve`, for whoever typed the code: unknown ones count as guesses."""
    offer = look_up(call, given.code)
    if offer is None:
        guesses.count(call)
        raise CouponUnknownCode
    guesses.check(call, offer.guesses_until)
    return _reserve(call, given, offer)


def reserve(call: Call, given: RedemptionIn) -> Redemption:
    """Take a use for the caller, for 15 minutes. Where it raises, nothing has changed, and the transaction may go on.

    The use is taken with the commit. If somebody else was faster then, that fails: see `Call.refusals`.
    """
    offer = look_up(call, given.code)
    if offer is None:
        raise CouponUnknownCode
    return _reserve(call, given, offer)


def consume(call: Call, redemption_id: UUID) -> Redemption:
    """Keep a reserved use for good: what it is for was paid. RedemptionOver once it has lapsed."""
    return _changed(call, redemption_id, uses.consume(call.connection, id=redemption_id, now=call.now))


def release(call: Call, redemption_id: UUID) -> Redemption:
    """Give a reserved use back: what it is for does not come about."""
    return _changed(call, redemption_id, uses.release(call.connection, id=redemption_id, now=call.now))


def release_own(call: Call, redemption_id: UUID) -> Redemption:
    """As `release`: of a user what he reserved, unless he runs the tenant. RedemptionNotFound for anything else."""
    everybodys = call.actor.is_admin or "members:write" in call.actor.scopes
    if not everybodys and not uses.redemption_of(call.connection, id=redemption_id, user=call.user_id):
        raise RedemptionNotFound
    return release(call, redemption_id)


def give_back(call: Call, redemption_id: UUID) -> Redemption:
    """Give a consumed use back: what it was for was refunded."""
    return _changed(call, redemption_id, uses.give_back(call.connection, id=redemption_id, now=call.now))


def look_up(call: Call, code: str) -> OfferRow | None:
    """The coupon of a code, with the caller's uses of it."""
    return offers.offer(
        call.connection,
        code=code,
        tenant=call.tenant_id,
        user=call.user_id,
        guesses=guesses.limit(call).key,
        now=call.now,
    )


def take(call: Call, offer: OfferRow, use: Use) -> None:
    """Take a use and write the rows that say so, all with the commit, which fails if none is left for this user."""
    call.refusals |= {"coupon_exhausted": CouponExhausted(), "coupon_user_limit": CouponUserLimit()}
    uses.lock_user(call.connection, user=use.user_id)
    if offer.lapsed:
        uses.reclaim_lapsed(call.connection, coupon=offer.id, now=call.now)
    if offer.hot and offer.max_uses:
        uses.take_slot(call.connection, use=use, start=1 + secrets.randbelow(offer.max_uses))
    else:
        uses.take_use(call.connection, use=use)


def _reserve(call: Call, given: RedemptionIn, offer: OfferRow) -> Redemption:
    purchase = _purchase(call, given)
    if reason := rules.refusal(offer, purchase, call.now):
        raise REFUSALS[reason]
    off = _discount(offer, purchase.amount)
    use = Use(
        redemption_id=new_id(call.now),
        tenant_id=call.tenant_id,
        coupon_id=offer.id,
        user_id=call.user_id,
        applied_to_type=given.applied_to_type,
        applied_to_id=given.applied_to_id,
        plan_id=given.plan_id,
        currency=given.currency,
        purchase_amount=purchase.amount,
        discount_amount=off,
        final_amount=purchase.amount - off,
        created_at=call.now,
        expires_at=call.now + rules.RESERVED_FOR,
    )
    take(call, offer, use)
    row = RedemptionRow(use.redemption_id, "reserved", use.currency, off, use.final_amount, use.expires_at)
    return _shown(row)


def _changed(call: Call, redemption_id: UUID, row: RedemptionRow | None) -> Redemption:
    if row is not None:
        return _shown(row)
    found = uses.redemption_by_id(call.connection, id=redemption_id)
    if found is None:
        raise RedemptionNotFound
    raise RedemptionOver(state=rules.state(found.state, found.expires_at, call.now))


def _purchase(call: Call, given: CouponTrial | RedemptionIn) -> rules.Purchase:
    amount = to_minor(given.purchase_amount)
    return rules.Purchase(amount, given.currency, given.plan_id, given.applied_to_type, call.user_id, call.tenant_id)


def _discount(offer: OfferRow, amount: int) -> int:
    return rules.discount(offer.coupon_type, offer.discount_value, amount, offer.max_discount_amount)


def _shown_offer(offer: OfferRow) -> OfferedCoupon:
    told = {name: getattr(offer, name) for name in OfferedCoupon.model_fields}
    amounts = ("min_purchase_amount", "max_discount_amount")
    return OfferedCoupon.model_validate(told | {name: _major(told[name]) for name in amounts})


def _major(amount: int | None) -> Decimal | None:
    return None if amount is None else from_minor(amount)


def _shown(row: RedemptionRow) -> Redemption:
    return Redemption.model_validate(
        {
            "redemption_id": row.id,
            "state": row.state,
            "discount_amount": from_minor(row.discount_amount),
            "final_amount": from_minor(row.final_amount),
            "currency": row.currency,
            "expires_at": row.expires_at,
        }
    )
