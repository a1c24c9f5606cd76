"""Pure rules of onboarding."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

STEPS = ("business_profile", "paper_pricing", "flute_settings", "tax_defaults", "quote_terms")
REQUIRED = STEPS[:3]  # to be submitted; the others only help
REMINDED_AFTER = timedelta(hours=24)  # of the sign-up, and of the reminder before


def open_steps(done: Mapping[str, object]) -> list[str]:
    """The required steps that are not done."""
    return [step for step in REQUIRED if not done[step]]


def progress(done: Mapping[str, object]) -> int:
    """Of the required steps, in percent."""
    return round((len(REQUIRED) - len(open_steps(done))) / len(REQUIRED) * 100)


def invite_status(
    accepted_at: datetime | None, expires_at: datetime, now: datetime
) -> Literal["pending", "accepted", "expired"]:
    """Of a trial invite."""
    if accepted_at is not None:
        return "accepted"
    return "pending" if now < expires_at else "expired"
