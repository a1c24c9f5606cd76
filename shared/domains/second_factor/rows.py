"""Rows of this domain's queries, and who holds a factor."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID


class Holder(NamedTuple):
    """Whose factor it is, as the domain that knows people names him."""

    id: UUID
    tenant_id: UUID
    email: str
    full_name: str


class FactorRow(NamedTuple):
    """A factor, its row locked. Enabled, or set up and waiting for its first code until `pending_until`."""

    user_id: UUID
    secret: bytes  # sealed
    enabled_at: datetime | None
    pending_until: datetime
    last_step: int
    backup_codes: list[bytes]  # digests
    used_backup_codes: list[bytes]
    failures: int  # in a row
    failures_today: int  # on `failed_on`, a day in UTC
    failed_on: date
    blocked_at: datetime | None


class StatusRow(NamedTuple):
    enabled_at: datetime | None
    backup_codes_left: int
    blocked_at: datetime | None
