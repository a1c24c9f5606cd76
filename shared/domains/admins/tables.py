"""The platform's own staff: accounts, sessions, links, allowed addresses, and their log of signing in."""

from sqlalchemy import ARRAY, Boolean, Column, DateTime, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import CIDR

from shared.core.tables import metadata

admins = Table(
    "admins",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text),
    Column("full_name", Text),
    Column("password_hash", Text),  # none until the first link was used
    Column("role", Text),
    Column("granted", ARRAY(Text)),  # permissions besides those of the role
    Column("created_at", DateTime(timezone=True)),
    Column("disabled_at", DateTime(timezone=True)),
)

admin_sessions = Table(
    "admin_sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("admin_id", Uuid),
    Column("user_agent", Text),
    Column("client_ip", Text),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("last_seen_at", DateTime(timezone=True)),
    Column("factor_at", DateTime(timezone=True)),
    Column("break_glass", Boolean),  # may come from any address
    Column("revoked_at", DateTime(timezone=True)),
)

admin_refresh_tokens = Table(
    "admin_refresh_tokens",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("session_id", Uuid),
    Column("created_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),
)

admin_links = Table(
    "admin_links",
    metadata,
    Column("admin_id", Uuid, primary_key=True),
    Column("digest", LargeBinary),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),
)

admin_ip_whitelist = Table(
    "admin_ip_whitelist",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("admin_id", Uuid),  # none: of everybody
    Column("network", CIDR),
    Column("label", Text),
    Column("enabled", Boolean),
    Column("created_by", Uuid),
    Column("created_at", DateTime(timezone=True)),
)

admin_break_glass_codes = Table(
    "admin_break_glass_codes",
    metadata,
    Column("admin_id", Uuid, primary_key=True),
    Column("digest", LargeBinary),
    Column("created_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),
)

admin_login_audit_logs = Table(
    "admin_login_audit_logs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("admin_id", Uuid),
    Column("event", Text),
    Column("client_ip", Text),
    Column("user_agent", Text),
    Column("at", DateTime(timezone=True)),
)
