"""Who acted in whose name, and what this domain reads and adds of the tables of identity and admins."""

from sqlalchemy import Boolean, Column, DateTime, Table, Text, Uuid, column, table

from shared.core.tables import metadata

admin_impersonations = Table(
    "admin_impersonations",
    metadata,
    Column("id", Uuid, primary_key=True),  # also of the session in the user's name
    Column("admin_id", Uuid),
    Column("user_id", Uuid),
    Column("tenant_id", Uuid),
    Column("session_id", Uuid),  # the admin's own
    Column("reason", Text),
    Column("ticket_id", Text),
    Column("allow_writes", Boolean),
    Column("started_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),  # before it expired; set by a trigger of migration 0012
)

admins = table("admins", column("id", Uuid), column("full_name", Text))
admin_sessions = table(
    "admin_sessions",
    column("id", Uuid),
    column("expires_at", DateTime(timezone=True)),
    column("revoked_at", DateTime(timezone=True)),
)
tenants = table(
    "tenants",
    column("id", Uuid),
    column("name", Text),
    column("time_zone", Text),
    column("currency", Text),
    column("verification", Text),
    column("closed_at", DateTime(timezone=True)),
    column("suspended_at", DateTime(timezone=True)),
)
users = table(
    "users",
    column("id", Uuid),
    column("email", Text),
    column("full_name", Text),
    column("email_verified", Boolean),
    column("disabled_at", DateTime(timezone=True)),
)
tenant_users = table("tenant_users", column("tenant_id", Uuid), column("user_id", Uuid), column("role", Text))
user_sessions = table("user_sessions", column("id", Uuid), column("revoked_at", DateTime(timezone=True)))
