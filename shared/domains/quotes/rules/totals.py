"""The arithmetic and the numbering of quotes."""

from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal, localcontext
from typing import NamedTuple

from shared.core.money import rounded

WHOLE = Decimal(1)
EXACT = Context(prec=60)  # prices of 12 + 12 digits, times a quantity, over any number of lines


class Totals(NamedTuple):
    """Amounts in major units; `subtotal` and `raw_total` are exact, the others have two decimals."""

    subtotal: Decimal
    gst_amount: Decimal
    raw_total: Decimal
    round_off_value: Decimal
    final_total: Decimal


def line_total(price: Decimal, quantity: int) -> Decimal:
    """What a printed line shows: price per box times quantity, half-up to two decimals."""
    with localcontext(EXACT):
        return rounded(price * quantity)


def quote_totals(
    lines: Iterable[tuple[Decimal, int]], *, gst_percent: Decimal, transport_charge: Decimal, round_off_enabled: bool
) -> Totals:
    """Totals of (price per box, quantity) pairs.

    subtotal    = sum of price * quantity, not rounded: line totals are for display
    gst_amount  = subtotal * gst_percent / 100, half-up to two decimals; transport is not taxed
    raw_total   = subtotal + gst_amount + transport_charge
    final_total = raw_total half-up to the whole unit, or to two decimals where rounding off is not enabled
    round_off_value = final_total - raw_total as it is shown with two decimals, so that the printed column adds up
    """
    with localcontext(EXACT):
        subtotal = sum((price * quantity for price, quantity in lines), Decimal(0))
        gst_amount = rounded(subtotal * gst_percent / 100)
        raw_total = subtotal + gst_amount + transport_charge
        shown = rounded(raw_total)
        final_total = rounded(rounded(raw_total, WHOLE)) if round_off_enabled else shown
        return Totals(subtotal, gst_amount, raw_total, final_total - shown, final_total)


def quote_number(day: date, count: int) -> str:
    """`QT-YYYYMMDD-NNN`; the thousandth quote of a day has four digits."""
    return f"QT-{day:%Y%m%d}-{count:03d}"
