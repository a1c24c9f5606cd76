"""Archives that were asked for. Tenants themselves are identity's."""

from sqlalchemy import BigInteger, Column, DateTime, Table, Text, Uuid, column, table

from shared.core.tables import metadata

tenant_exports = Table(
    "tenant_exports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("user_id", Uuid),
    Column("created_at", DateTime(timezone=True)),
    Column("ready_at", DateTime(timezone=True)),
    Column("size", BigInteger),
)

users = table(  # whole in identity
    "users", column("id", Uuid), column("email", Text), column("full_name", Text)
)
