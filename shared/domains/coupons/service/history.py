"""The history of uses, as a page or as a file."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from shared.core import paging
from shared.core.call import Call
from shared.core.csv_file import csv_file
from shared.core.errors import Invalid
from shared.core.files import Csv
from shared.core.money import from_minor
from shared.core.paging import After, Page
from shared.domains.coupons import rules
from shared.domains.coupons.queries import history as queries
from shared.domains.coupons.rows import UsageRow
from shared.domains.coupons.schemas.history import CouponUse

MOST_LINES = 10_000  # some 3 MB: a Lambda answers 6, and base64 makes more of it


class UsesWanted(NamedTuple):
    """Whose uses, of which coupon and days; None: any."""

    coupon_id: UUID | None
    user_id: UUID | None
    tenant_id: UUID | None
    first: date | None
    last: date | None


def list_uses(call: Call, wanted: UsesWanted, *, limit: int, cursor: str | None) -> Page[CouponUse]:
    """Newest first."""
    rows = _rows(call, wanted, limit=limit + 1, after=paging.after(cursor))
    return paging.page(
        rows, limit, lambda row: _shown(call, row), place=lambda row: After(row.created_at, row.redemption_id)
    )


def uses_as_file(call: Call, wanted: UsesWanted) -> Csv:
    """All of them. Invalid where they are too many for one file."""
    rows = _rows(call, wanted, limit=MOST_LINES + 1, after=None)
    if len(rows) > MOST_LINES:
        raise Invalid.at("#/query/from", f"These are more than {MOST_LINES:,} uses: ask for fewer days at a time.")
    lines = (_shown(call, row).model_dump(mode="json").values() for row in rows)
    return csv_file(tuple(CouponUse.model_fields), map(tuple, lines), "coupon-uses.csv")


def _rows(call: Call, wanted: UsesWanted, *, limit: int, after: After | None) -> list[UsageRow]:
    start, end = rules.period(wanted.first, wanted.last)
    return queries.usages(
        call.connection,
        coupon=wanted.coupon_id,
        user=wanted.user_id,
        tenant=wanted.tenant_id,
        start=start,
        end=end,
        after=after,
        limit=limit,
    )


def _shown(call: Call, row: UsageRow) -> CouponUse:
    amounts = {name: from_minor(getattr(row, name)) for name in ("purchase_amount", "discount_amount", "final_amount")}
    state = rules.state(row.state, row.expires_at, call.now)
    return CouponUse.model_validate(row._asdict() | amounts | {"state": state})
