"""Exact money: amounts are whole minor units of a currency, unit costs and rates are Decimals of 12 places."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema

MINOR = Decimal("0.01")  # every currency in use has two decimals


def rounded(value: Decimal, to: Decimal = MINOR) -> Decimal:
    """Half-up (away from zero) at the place of `to`; exact for any size."""
    with localcontext() as context:
        context.prec = max(28, value.adjusted() + 40)
        return value.quantize(to, rounding=ROUND_HALF_UP)


def to_minor(value: Decimal) -> int:
    """An amount in minor units, half-up: 12.345 -> 1235."""
    return int(rounded(value).scaleb(2))


def from_minor(amount: int) -> Decimal:
    """Minor units as an amount with two decimals: 1235 -> 12.35."""
    return Decimal(amount).scaleb(-2).quantize(MINOR)


def text(value: Decimal) -> str:
    """A decimal string without exponent and superfluous zeros, but with two decimals at least: 2.5 -> "2.50"."""
    plain = format(value or abs(value), "f")  # no minus before a zero
    whole, _, fraction = plain.partition(".")
    return f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"


_shown = PlainSerializer(text, return_type=str)
_schema = WithJsonSchema(
    {"type": "string", "pattern": r"^-?\d+\.\d{2,12}$", "examples": ["199.80"]}, mode="serialization"
)

Money = Annotated[Decimal, _shown, _schema]  # of an answer: a decimal string
