"""What this domain reads and changes of identity's tables."""

from sqlalchemy import Boolean, DateTime, Text, Uuid, column, table

Moment = DateTime(timezone=True)

COMPANY = ("name", "time_zone", "currency", "address", "phone", "email", "gst_no", "state_code", "website")

tenants = table(
    "tenants",
    column("id", Uuid),
    *(column(name, Text) for name in COMPANY),
    column("verification", Text),
    column("decision_note", Text),
    column("suspension_reason", Text),
    *(
        column(name, Moment)
        for name in (
            "created_at", "submitted_at", "decided_at", "suspended_at", "trial_ends_at", "closed_at", "erase_at",
        )
    ),
)  # fmt: skip
users = table(
    "users",
    column("id", Uuid),
    column("email", Text),
    column("full_name", Text),
    column("phone", Text),
    column("locale", Text),
    column("email_verified", Boolean),
    column("created_at", Moment),
    column("disabled_at", Moment),
    column("disabled_reason", Text),
)
tenant_users = table(
    "tenant_users",
    column("tenant_id", Uuid),
    column("user_id", Uuid),
    column("role", Text),
    column("created_at", Moment),
)
user_sessions = table(
    "user_sessions",
    column("user_id", Uuid),
    column("last_seen_at", Moment),
    column("expires_at", Moment),
    column("revoked_at", Moment),
    column("impersonated_by", Text),
)
