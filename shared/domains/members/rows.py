"""Rows of this domain's queries."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class MemberRow(NamedTuple):
    id: UUID
    full_name: str
    email: str
    role: str
    joined_at: datetime
    last_seen_at: datetime | None


class StandingRow(NamedTuple):
    """A member, how many owners his tenant has, and its zone and currency."""

    id: UUID
    full_name: str
    email: str
    role: str
    joined_at: datetime
    last_seen_at: datetime | None
    owners: int
    time_zone: str
    currency: str


class InviteRow(NamedTuple):
    id: UUID
    email: str
    role: str
    created_at: datetime
    expires_at: datetime


class InvitingRow(NamedTuple):
    """What an invite says of who sends it, whether its address is a member's already, and when it was invited last."""

    company_name: str
    inviter: str
    is_member: bool
    invited_at: datetime | None


class InvitedRow(NamedTuple):
    """A user who shows an invite, the tenant he would leave, and the invite: all None where there is none of this
    token."""

    full_name: str
    email: str
    email_verified: bool
    left_id: UUID
    is_alone: bool
    invite_id: UUID | None
    invited: str | None
    role: str | None
    expires_at: datetime | None
    tenant_id: UUID | None
    tenant_name: str | None
    time_zone: str | None
    currency: str | None
    verification: str | None


class KeyRow(NamedTuple):
    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    user_id: UUID
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class HolderRow(NamedTuple):
    """An API key, and in whose name it acts; the role is the user's present one, the verification his tenant's."""

    id: UUID
    user_id: UUID
    tenant_id: UUID
    role: str
    scopes: list[str]
    expires_at: datetime | None
    revoked_at: datetime | None
    verification: str
