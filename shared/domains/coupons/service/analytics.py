"""What campaigns have brought, of one coupon or of all."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from shared.core.call import Call
from shared.core.money import from_minor, rounded
from shared.domains.coupons import rules
from shared.domains.coupons.errors import CouponNotFound
from shared.domains.coupons.queries import analytics as queries
from shared.domains.coupons.rows import FiguresRow
from shared.domains.coupons.schemas.analytics import CampaignFigures, CouponFigures

FOUR_PLACES = Decimal("0.0001")


def get_figures(call: Call, first: date | None, last: date | None) -> CampaignFigures:
    """Of all coupons, over uses consumed on these days."""
    found = _figures(call, None, first, last)
    own = {"coupons": found.coupons, "active": found.active, "expired": found.expired, "top": found.top}
    return CampaignFigures.model_validate(_shown(found) | own)


def get_figures_of(call: Call, coupon_id: UUID, first: date | None, last: date | None) -> CouponFigures:
    """CouponNotFound."""
    found = _figures(call, coupon_id, first, last)
    if not found.coupons:
        raise CouponNotFound
    return CouponFigures.model_validate(_shown(found))


def _figures(call: Call, coupon_id: UUID | None, first: date | None, last: date | None) -> FiguresRow:
    start, end = rules.period(first, last)
    return queries.figures(call.connection, coupon=coupon_id, start=start, end=end, now=call.now)


def _shown(found: FiguresRow) -> dict[str, Any]:
    rate = rounded(Decimal(found.limited_uses) / found.offered_uses, FOUR_PLACES) if found.offered_uses else None
    return {
        "uses": found.uses,
        "distinct_users": found.users,
        "redemption_rate": rate,
        "money": [_money(currency, found.by_day) for currency in sorted({day["currency"] for day in found.by_day})],
        "by_day": [day | _amounts(day) for day in found.by_day],
    }


def _money(currency: str, days: list[dict[str, Any]]) -> dict[str, Any]:
    """The days of a currency together."""
    mine = [day for day in days if day["currency"] == currency]
    sums = {name: sum(day[name] for day in mine) for name in ("uses", "discount", "purchase")}
    mean = rounded(from_minor(sums["discount"]) / sums["uses"])
    return {"currency": currency, "uses": sums["uses"], "mean_discount": mean} | _amounts(sums)


def _amounts(sums: dict[str, Any]) -> dict[str, Decimal]:
    return {"total_discount": from_minor(sums["discount"]), "purchase_amount": from_minor(sums["purchase"])}
