"""How far an operation on many coupons is; with `format=csv`, once it has finished, their codes as a file."""

from uuid import UUID

from shared.core.files import Csv
from shared.domains.coupons.errors import CouponBulkNotFound, CouponBulkUnfinished
from shared.domains.coupons.schemas.history import Format
from shared.domains.coupons.schemas.series import BulkOperation
from shared.domains.coupons.service import series
from shared.entry.http import Api

api = Api(audience="admin", permission="list_coupons", problems=(CouponBulkUnfinished, CouponBulkNotFound))


@api.get("/api/coupons/bulk/{operation_id}")
def get_coupon_bulk(operation_id: UUID, format_: Format = "json") -> BulkOperation | Csv:
    if format_ == "csv":
        return series.codes_as_file(api.call, operation_id)
    return series.get_operation(api.call, operation_id)


handler = api.handler
