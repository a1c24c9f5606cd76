"""Rows of this domain's queries."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

Json = dict[str, Any]


class UserRow(NamedTuple):
    """A user and the tenant he is in."""

    id: UUID
    email: str
    full_name: str
    role: str
    email_verified: bool
    created_at: datetime
    disabled_at: datetime | None
    last_seen_at: datetime | None
    tenant_id: UUID
    tenant_name: str
    verification: str
    suspended_at: datetime | None
    closed_at: datetime | None


class UserDetailRow(NamedTuple):
    """The same, and what is asked of one at a time."""

    id: UUID
    email: str
    full_name: str
    role: str
    email_verified: bool
    created_at: datetime
    disabled_at: datetime | None
    last_seen_at: datetime | None
    tenant_id: UUID
    tenant_name: str
    verification: str
    suspended_at: datetime | None
    closed_at: datetime | None
    phone: str | None
    locale: str
    disabled_reason: str | None
    has_second_factor: bool
    sessions: int  # that are open
    owners: list[Json]  # of his tenant: email, full_name
    colleagues: int


class TenantRow(NamedTuple):
    id: UUID
    name: str
    verification: str
    created_at: datetime
    trial_ends_at: datetime | None
    suspended_at: datetime | None
    closed_at: datetime | None
    member_count: int


class TenantDetailRow(NamedTuple):
    """The same, and what is asked of one at a time."""

    id: UUID
    name: str
    verification: str
    created_at: datetime
    trial_ends_at: datetime | None
    suspended_at: datetime | None
    closed_at: datetime | None
    member_count: int
    time_zone: str
    currency: str
    address: str | None
    phone: str | None
    email: str | None
    gst_no: str | None
    state_code: str | None
    website: str | None
    submitted_at: datetime | None
    decided_at: datetime | None
    decision_note: str | None
    suspension_reason: str | None
    erase_at: datetime | None
    members: list[Json]
