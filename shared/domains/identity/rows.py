"""Rows of this domain's queries."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class MemberRow(NamedTuple):
    """A user in his tenant."""

    user_id: UUID
    email: str
    full_name: str
    email_verified: bool
    role: str
    tenant_id: UUID
    tenant_name: str
    time_zone: str
    currency: str


class AttemptRow(NamedTuple):
    """A counted sign-in attempt, and whom it names: all None where nobody has this address."""

    failures: int
    until: datetime
    password_hash: str | None
    user_id: UUID | None
    email: str | None
    full_name: str | None
    email_verified: bool | None
    role: str | None
    tenant_id: UUID | None
    tenant_name: str | None
    time_zone: str | None
    currency: str | None


class RefreshedRow(NamedTuple):
    session_id: UUID
    user_id: UUID
    tenant_id: UUID
    role: str


class ProfileRow(NamedTuple):
    id: UUID
    email: str
    full_name: str
    phone: str | None
    locale: str
    email_verified: bool


class TenantRow(NamedTuple):
    id: UUID
    name: str
    time_zone: str
    currency: str
    address: str | None
    phone: str | None
    email: str | None
    gst_no: str | None
    state_code: str | None
    website: str | None
