"""Rows of this domain's queries."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class AdminRow(NamedTuple):
    id: UUID
    email: str
    full_name: str
    role: str
    granted: list[str]
    created_at: datetime
    disabled_at: datetime | None
    second_factors: list[str] | None  # what he shows besides his password; None where that is enough


class LoginRow(NamedTuple):
    """A counted attempt at a password, and whom it names: all None where nobody has this address."""

    failures: int
    until: datetime
    password_hash: str | None
    admitted: bool | None  # from the address that it came from
    id: UUID | None
    email: str | None
    full_name: str | None
    role: str | None
    granted: list[str] | None
    created_at: datetime | None
    disabled_at: datetime | None
    second_factors: list[str] | None


class ChallengedRow(NamedTuple):
    """An admin, and whether he may come from the address that he answers a challenge from."""

    admitted: bool
    id: UUID
    email: str
    full_name: str
    role: str
    granted: list[str]
    created_at: datetime
    disabled_at: datetime | None
    second_factors: list[str] | None


class RefreshRow(NamedTuple):
    """The session whose refresh token was spent, and its admin."""

    session_id: UUID
    expires_at: datetime
    id: UUID
    role: str
    granted: list[str]
    second_factors: list[str] | None


class AdminSessionRow(NamedTuple):
    id: UUID
    user_agent: str
    client_ip: str
    created_at: datetime
    last_seen_at: datetime


class LinkedRow(NamedTuple):
    """Whom a set-password link is for."""

    admin_id: UUID
    email: str


class StaffRow(NamedTuple):
    """An admin as his colleagues see him."""

    id: UUID
    email: str
    full_name: str
    role: str
    granted: list[str]
    created_at: datetime
    disabled_at: datetime | None
    second_factors: list[str] | None
    last_seen_at: datetime | None


class StandingRow(NamedTuple):
    id: UUID
    email: str
    full_name: str
    role: str
    granted: list[str]
    created_at: datetime
    disabled_at: datetime | None
    second_factors: list[str] | None
    last_seen_at: datetime | None
    supers: int  # super admins who are not disabled
    holds: bool  # the session of who asks


class AllowedAddressRow(NamedTuple):
    id: UUID
    cidr: str
    label: str
    admin_id: UUID | None
    enabled: bool
    created_by: UUID
    created_at: datetime


class ChangedAddressRow(NamedTuple):
    id: UUID
    cidr: str
    label: str
    admin_id: UUID | None
    enabled: bool
    created_by: UUID
    created_at: datetime
    admitted: bool  # who changed it, from where he is


class AdmittedRow(NamedTuple):
    admitted: bool


class ToldRow(NamedTuple):
    """A super admin who is told that a colleague used a break-glass code."""

    to: str
    full_name: str
    whose: str
