"""Exact numbers: counts of a millionth. Sums and products of counts are never rounded, and integers are fast.

A number of more than six decimals is a Fraction of such counts: as exact, only slower, and the same formulas take it.
"""

import re
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

Count: TypeAlias = int | Fraction

ONE = 10**6
TRILLION = 10**12  # unit costs are published in 10^-12 of the currency
PLACES = 30  # decimals that an input may have

_NUMBER = re.compile(r"([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,3}))?", re.ASCII)


@lru_cache(maxsize=10_000)  # the same GSM, factors and rates stand in every row of a spreadsheet
def exact(text: str) -> Count:
    """The number that a text writes. ValueError for anything else, and for more decimals than PLACES."""
    found = _NUMBER.fullmatch(text)
    sign, whole, fraction, exponent = found.groups("") if found else ("", "", "", "")
    if not (whole or fraction):
        raise ValueError("write a number, like 12.5")
    value = int(sign + whole + fraction) * Fraction(10) ** (int(exponent or 0) - len(fraction))
    if (value * 10**PLACES).denominator != 1:
        raise ValueError(f"write at most {PLACES} decimals")
    count = value * ONE
    return count.numerator if count.denominator == 1 else count


def plain(count: Count) -> str:
    """The number as text, without exponent and superfluous zeros: 1350000 -> "1.35"."""
    whole, fraction = divmod(abs(int(count * 10 ** (PLACES - 6))), 10**PLACES)
    digits = f"{whole}.{fraction:0{PLACES}d}".rstrip("0").rstrip(".")
    return f"-{digits}" if count < 0 else digits


def millimetres(inches: Count) -> Count:
    """An inch is 25.4 mm."""
    whole, rest = divmod(inches * 254, 10)
    return whole if not rest else Fraction(inches * 254) / 10


def half_up(numerator: Count, denominator: int) -> int:
    """numerator / denominator as the nearest integer, a half upwards; neither is negative."""
    return (2 * numerator + denominator) // (2 * denominator)
