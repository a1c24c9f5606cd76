"""Exact numbers: a quantity is an integer count of 10^-18, so that sums and products are never rounded."""

import re
from functools import lru_cache

DIGITS = 18
ONE = 10**DIGITS
TRILLION = 10**12  # unit costs are published in 10^-12 of the currency

_NUMBER = re.compile(r"([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,3}))?", re.ASCII)


@lru_cache(maxsize=10_000)  # the same GSM, factors and rates stand in every row of a spreadsheet
def exact(text: str) -> int:
    """The number a text writes. ValueError for anything else, and for more than 17 decimals (an inch adds one more)."""
    found = _NUMBER.fullmatch(text)
    sign, whole, fraction, exponent = found.groups("") if found else ("", "", "", "")
    if not whole + fraction:
        raise ValueError("write a number, like 12.5")
    places = DIGITS - len(fraction) + int(exponent or 0)
    up: int = 10 ** max(places, 0)
    down: int = 10 ** max(-places, 0)
    count, rest = divmod(int(whole + fraction) * up, down)
    if rest or count % 10:
        raise ValueError("write at most 17 decimals")
    return -count if sign == "-" else count


def plain(count: int) -> str:
    """The number as text, without exponent and superfluous zeros: 1350000000000000000 -> "1.35"."""
    whole, fraction = divmod(abs(count), ONE)
    digits = f"{whole}.{fraction:018d}".rstrip("0").rstrip(".")
    return f"-{digits}" if count < 0 else digits


def half_up(numerator: int, denominator: int) -> int:
    """numerator / denominator as the nearest integer, a half upwards; neither is negative."""
    return (2 * numerator + denominator) // (2 * denominator)
