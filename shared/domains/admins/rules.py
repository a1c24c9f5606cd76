"""Pure rules of admins."""

from datetime import date, datetime, timedelta

from shared.core import permissions

IDLE = timedelta(minutes=30)  # after which a session is over, as open_transaction also has it
LINK_LIVES = timedelta(hours=24)
CONFIGURES = "configure_roles"  # who has this permission gives roles, and changes whomever


def must_enrol(required: str, grace_until: str, environment: str, now: datetime) -> bool:
    """Whether an admin without a second factor may do no more than set one up: the settings of that name."""
    if required in ("off", "false", "0") or (required == "auto" and environment != "prod"):
        return False
    return not grace_until or now.date() > date.fromisoformat(grace_until)


def may_change(own: frozenset[str], role: str, granted: list[str]) -> bool:
    """Whether who has these permissions may make, change or disable such an admin: not one who may do more."""
    return CONFIGURES in own or permissions.allowed(role, frozenset(granted)) <= own


def is_active_super_admin(role: str, disabled_at: datetime | None) -> bool:
    """Whether he may log in and may do everything: one of these there always is."""
    return role == "super_admin" and disabled_at is None
