"""Tenants, users, sessions."""

from sqlalchemy import Boolean, Column, DateTime, LargeBinary, Table, Text, Uuid, column, table

from shared.core.tables import metadata

tenants = Table(
    "tenants",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text),
    Column("time_zone", Text),
    Column("currency", Text),
    Column("address", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("gst_no", Text),
    Column("state_code", Text),
    Column("website", Text),
    Column("created_at", DateTime(timezone=True)),
    Column("closed_at", DateTime(timezone=True)),
    Column("erase_at", DateTime(timezone=True)),
    Column("verification", Text),
    Column("submitted_at", DateTime(timezone=True)),
    Column("decided_at", DateTime(timezone=True)),
    Column("decision_note", Text),
    Column("reminded_at", DateTime(timezone=True)),
    Column("suspended_at", DateTime(timezone=True)),
    Column("suspension_reason", Text),
    Column("trial_ends_at", DateTime(timezone=True)),
)

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text),
    Column("password_hash", Text),
    Column("full_name", Text),
    Column("phone", Text),
    Column("locale", Text),
    Column("email_verified", Boolean),
    Column("created_at", DateTime(timezone=True)),
    Column("disabled_at", DateTime(timezone=True)),
    Column("disabled_reason", Text),
)

tenant_users = Table(
    "tenant_users",
    metadata,
    Column("tenant_id", Uuid, primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("role", Text),
    Column("created_at", DateTime(timezone=True)),
)

user_sessions = Table(
    "user_sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("user_id", Uuid),
    Column("user_agent", Text),
    Column("client_ip", Text),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("last_seen_at", DateTime(timezone=True)),
    Column("factor_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column("impersonated_by", Text),  # the name of an admin; none: the user's own
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("tenant_id", Uuid),
    Column("session_id", Uuid),
    Column("created_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),
)

email_tokens = Table(
    "email_tokens",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("tenant_id", Uuid),
    Column("email", Text),
    Column("digest", LargeBinary),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("resent_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),
)

api_keys = table(  # whole in members
    "api_keys", column("tenant_id", Uuid), column("user_id", Uuid), column("revoked_at", DateTime(timezone=True))
)

auth_audit_logs = Table(
    "auth_audit_logs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("user_id", Uuid),
    Column("event", Text),
    Column("client_ip", Text),
    Column("user_agent", Text),
    Column("at", DateTime(timezone=True)),
)
