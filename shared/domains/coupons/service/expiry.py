"""The end of a coupon's validity is written down; whether one may be used never depends on that."""

from shared.core import outbox
from shared.core.call import Call
from shared.domains.coupons.events import CouponExpired
from shared.domains.coupons.queries import offers

SLICE = 100  # coupons a transaction


def expire(call: Call) -> int:
    """Mark the coupons whose time is over, and announce each; how many."""
    rows = offers.expire(call.connection, now=call.now, limit=SLICE)
    for row in rows:
        outbox.announce(call, CouponExpired(coupon_id=row.id, code=row.code))
    return len(rows)
