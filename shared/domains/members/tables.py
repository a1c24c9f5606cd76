"""Invites and API keys, and what this domain reads and changes of identity's tables: who belongs to which tenant."""

from sqlalchemy import ARRAY, Boolean, Column, DateTime, LargeBinary, Table, Text, Uuid, column, table

from shared.core.tables import metadata

invites = Table(
    "invites",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("email", Text),
    Column("role", Text),
    Column("digest", LargeBinary),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("user_id", Uuid),
    Column("name", Text),
    Column("prefix", Text),
    Column("digest", LargeBinary),
    Column("scopes", ARRAY(Text)),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("last_used_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
)

tenants = table(
    "tenants",
    column("id", Uuid),
    column("name", Text),
    column("time_zone", Text),
    column("currency", Text),
    column("closed_at", DateTime(timezone=True)),
    column("suspended_at", DateTime(timezone=True)),
    column("verification", Text),
)
users = table(
    "users", column("id", Uuid), column("email", Text), column("full_name", Text), column("email_verified", Boolean)
)
tenant_users = table(
    "tenant_users",
    column("tenant_id", Uuid),
    column("user_id", Uuid),
    column("role", Text),
    column("created_at", DateTime(timezone=True)),
)
user_sessions = table(
    "user_sessions",
    column("user_id", Uuid),
    column("last_seen_at", DateTime(timezone=True)),
    column("impersonated_by", Text),
)
