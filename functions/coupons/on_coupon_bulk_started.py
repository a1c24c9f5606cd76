"""Do the next slice of an operation on many coupons."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.coupons.events import CouponBulkStarted
from shared.domains.coupons.service import series
from shared.entry.queue import consumer


@consumer(CouponBulkStarted, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: CouponBulkStarted) -> None:
    series.do_slice(call, event.operation_id)
