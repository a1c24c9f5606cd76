"""Mark the coupons whose validity is over, and tell of each.

Whether a coupon may be used is read from its dates; this is for lists and for whoever wants to know.
"""

from shared.core.call import Call
from shared.domains.coupons.service import expiry
from shared.entry.job import job


@job("rate(15 minutes)", across_tenants=True, needs=("outbox",))
def handler(call: Call) -> int:
    return expiry.expire(call)
