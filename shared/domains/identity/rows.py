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
    erase_at: datetime | None = None  # of a closed tenant
    second_factors: list[str] | None = None  # what he shows besides his password; None where that is enough
    disabled_at: datetime | None = None
    suspension_reason: str | None = None  # of a suspended tenant
    verification: str = ""  # how the tenant stands; not known where it is being made


class AttemptRow(NamedTuple):
    """A counted attempt at a password, and whom it names: all None where nobody has this address."""

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
    erase_at: datetime | None
    second_factors: list[str] | None
    disabled_at: datetime | None
    suspension_reason: str | None
    verification: str | None


class ClosedRow(NamedTuple):
    """An owner of the tenant that was just closed."""

    user_id: UUID
    email: str
    full_name: str
    tenant_name: str


class LinkRow(NamedTuple):
    """Whom a mailed link is for."""

    user_id: UUID
    tenant_id: UUID
    email: str
    full_name: str
    email_verified: bool


class ForgottenRow(NamedTuple):
    """Who has forgotten his password, and whether a link was made for him."""

    user_id: UUID
    tenant_id: UUID
    email: str
    full_name: str
    renewed: bool


class ResentRow(NamedTuple):
    """What became of the wish for another verification link."""

    email: str
    full_name: str
    email_verified: bool
    resent_at: datetime | None  # before
    renewed: bool


class SessionRow(NamedTuple):
    id: UUID
    user_agent: str
    client_ip: str
    created_at: datetime
    last_seen_at: datetime
    user_id: UUID
    impersonated_by: str | None


class RefreshedRow(NamedTuple):
    session_id: UUID
    user_id: UUID
    tenant_id: UUID
    role: str
    verification: str  # of the tenant


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
