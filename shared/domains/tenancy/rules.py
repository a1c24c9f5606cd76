"""Pure rules of tenancy: what an archive holds, and how long things last."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

ARCHIVE_KEPT = timedelta(days=7)  # as the bucket's lifecycle says, which deletes it
REMEMBERED = timedelta(days=30)  # that it was asked for
LINK_LASTS = timedelta(minutes=15)
BUILT_WITHIN = timedelta(hours=3)  # five attempts, half an hour apart

EXPORTED = (
    "tenants", "users", "tenant_users", "invites", "user_sessions", "api_keys",
    "paper_bf_prices", "shade_premiums", "paper_pricing_rules", "fluting_settings", "rate_memory",
    "party_profiles", "quotes", "quote_versions", "quote_items", "quote_counters", "coupon_usages",
    "audit_logs", "auth_audit_logs", "two_factor_logs", "admin_impersonations",
    "onboarding_decisions", "trial_invites",
    "support_tickets", "support_messages", "support_pauses", "support_attachments", "support_counters",
    "notification_preferences",
)  # fmt: skip
SECRETS = {"users": ("password_hash",)}  # columns that no archive holds, besides those of bytes (digests)
LEFT_OUT = {  # tables of a tenant that no archive holds, and why
    "admin_audit_logs": "what the platform's own people did",
    "email_tokens": "digests of links",
    "idempotency_keys": "answers kept for a day, to be repeated",
    "inbox": "which events were received",
    "mfa_challenges": "sign-ins that wait for a code",
    "outbox": "events on their way",
    "refresh_tokens": "digests of secrets",
    "tenant_exports": "the archives themselves",
    "two_factor_auth": "secrets, and the counts of their failures",
}


def prefix(tenant_id: UUID) -> str:
    """Where the archives of a tenant lie."""
    return f"{tenant_id}/"


def key(tenant_id: UUID, export_id: UUID) -> str:
    """Where the archive of an export lies."""
    return f"{prefix(tenant_id)}{export_id}.zip"


def status(created_at: datetime, ready_at: datetime | None, now: datetime) -> Literal["queued", "ready", "failed"]:
    """An archive that was not built in its time has failed: its message is with the dead letters."""
    if ready_at is not None:
        return "ready"
    return "queued" if now < created_at + BUILT_WITHIN else "failed"


def expired(ready_at: datetime | None, now: datetime) -> bool:
    """Whether an archive is gone, for its age; one that is not ready yet never is."""
    return ready_at is not None and now >= ready_at + ARCHIVE_KEPT
