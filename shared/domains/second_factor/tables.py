"""Second factors, sign-ins that wait for one, and what was done with them."""

from sqlalchemy import ARRAY, BigInteger, Column, Date, DateTime, Integer, LargeBinary, Table, Text, Uuid

from shared.core.tables import metadata

user_2fa = Table(
    "user_2fa",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("secret", LargeBinary),
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
)

mfa_challenges = Table(
    "mfa_challenges",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("tenant_id", Uuid),
    Column("user_id", Uuid),
    Column("failures", Integer),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
)

user_2fa_logs = Table(
    "user_2fa_logs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("user_id", Uuid),
    Column("action", Text),
    Column("client_ip", Text),
    Column("user_agent", Text),
    Column("at", DateTime(timezone=True)),
)
