"""Second factors, sign-ins that wait for one, and what was done with them."""

from sqlalchemy import ARRAY, BigInteger, Boolean, Column, Date, DateTime, Integer, LargeBinary, Table, Text, Uuid

from shared.core.tables import metadata

two_factor_auth = Table(
    "two_factor_auth",
    metadata,
    Column("holder_id", Uuid, primary_key=True),  # the user or the admin
    Column("user_id", Uuid),
    Column("admin_id", Uuid),
    Column("tenant_id", Uuid),
    Column("method", Text),
    Column("secret", LargeBinary),
    Column("phone", Text),
    Column("created_at", DateTime(timezone=True)),
    Column("pending_until", DateTime(timezone=True)),
    Column("enabled_at", DateTime(timezone=True)),
    Column("last_step", BigInteger),
    Column("backup_codes", ARRAY(LargeBinary)),
    Column("used_backup_codes", ARRAY(LargeBinary)),
    Column("failures", Integer),
    Column("failures_today", Integer),
    Column("failed_on", Date),
    Column("blocked_at", DateTime(timezone=True)),
    Column("code_id", Uuid),
    Column("code_sent_at", DateTime(timezone=True)),
    Column("code_until", DateTime(timezone=True)),
)

mfa_challenges = Table(
    "mfa_challenges",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("holder_id", Uuid),
    Column("user_id", Uuid),
    Column("admin_id", Uuid),
    Column("tenant_id", Uuid),
    Column("failures", Integer),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("code_id", Uuid),
    Column("code_sent_at", DateTime(timezone=True)),
    Column("break_glass", Boolean),  # whoever answers it was let in from an address that is not allowed
)

two_factor_logs = Table(
    "two_factor_logs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("holder_id", Uuid),
    Column("user_id", Uuid),
    Column("admin_id", Uuid),
    Column("tenant_id", Uuid),
    Column("action", Text),
    Column("client_ip", Text),
    Column("user_agent", Text),
    Column("at", DateTime(timezone=True)),
)
