"""Rows of this domain's queries."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class TargetRow(NamedTuple):
    """A user, his tenant and one of its owners; and the admin who wants to act in his name."""

    user_id: UUID
    email: str
    full_name: str
    email_verified: bool
    role: str
    tenant_id: UUID
    tenant_name: str
    time_zone: str
    currency: str
    is_approved: bool  # the tenant
    is_active: bool  # both, the user and his tenant
    owner_email: str | None
    owner_name: str | None
    admin_name: str
    session_ends: datetime  # the admin's
    is_impersonating: bool  # the admin, anybody


class LivingRow(NamedTuple):
    """An impersonation that is under way."""

    id: UUID
    user_id: UUID
    tenant_id: UUID
