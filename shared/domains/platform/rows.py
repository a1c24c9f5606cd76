"""Rows of this domain's queries."""

from typing import NamedTuple


class AliveRow(NamedTuple):
    alive: int


class SettingRow(NamedTuple):
    key: str
    value: str
