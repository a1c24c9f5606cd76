"""Rows of this domain's queries."""

from typing import NamedTuple


class AliveRow(NamedTuple):
    alive: int
