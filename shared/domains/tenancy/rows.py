"""Rows of this domain's queries."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class ExportRow(NamedTuple):
    created_at: datetime
    ready_at: datetime | None
    size: int | None


class WantedRow(NamedTuple):
    """An export, and who asked for it: None if he has left."""

    id: UUID
    created_at: datetime
    ready_at: datetime | None
    email: str | None
    full_name: str | None


class LineRow(NamedTuple):
    """A row of some table, as a line of JSON."""

    line: str


class ErasedRow(NamedTuple):
    """What a slice took away; `finished` once the last row is gone."""

    tenant: UUID
    rows: int
    finished: bool
