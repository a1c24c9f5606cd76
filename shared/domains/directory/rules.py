"""Pure rules: how users and tenants stand, in one word."""

from datetime import datetime
from typing import Literal

UserStatus = Literal["active", "disabled"]
TenantStatus = Literal["active", "suspended", "closed"]


def user_status(disabled_at: datetime | str | None) -> UserStatus:
    """Of when he was disabled, which a list of members has as text; never: active."""
    return "active" if disabled_at is None else "disabled"


def tenant_status(suspended_at: datetime | None, closed_at: datetime | None) -> TenantStatus:
    """Of a tenant that is both, that it is closed: this ends it."""
    if closed_at is not None:
        return "closed"
    return "active" if suspended_at is None else "suspended"
