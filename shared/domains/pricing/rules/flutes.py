"""Flutes: take-up factor and height per letter, and what a combination of letters adds up to."""

from collections.abc import Mapping
from typing import NamedTuple

from shared.domains.pricing.rules.numbers import Count, exact


class Flute(NamedTuple):
    """Take-up factor (length of fluted paper per length of board) and height in mm, both counts."""

    factor: Count
    height_mm: Count


DEFAULTS: Mapping[str, Flute] = {
    "A": Flute(exact("1.55"), exact("4.8")),
    "B": Flute(exact("1.35"), exact("2.5")),
    "C": Flute(exact("1.45"), exact("3.6")),
    "E": Flute(exact("1.25"), exact("1.2")),
    "F": Flute(exact("1.20"), exact("0.8")),
}
UNKNOWN = DEFAULTS["B"]  # a letter that nobody has described


def flute(letter: str, own: Mapping[str, Flute]) -> Flute:
    """The flute of a letter: the tenant's own, else the usual one, else that of B."""
    return own.get(letter) or DEFAULTS.get(letter, UNKNOWN)


def board_thickness(combination: str, own: Mapping[str, Flute]) -> Count:
    """Thickness of the board in mm: the sum of its flute heights; 0 for a single sheet of paper."""
    return sum(flute(letter, own).height_mm for letter in combination)
