"""Tables of parties and quotes. Amounts of money are minor units; subtotals and prices per box are exact decimals."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    Numeric,
    SmallInteger,
    Table,
    Text,
    Uuid,
    column,
    table,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.core.tables import metadata

party_profiles = Table(
    "party_profiles", metadata,
    Column("id", Uuid, primary_key=True), Column("tenant_id", Uuid), Column("person_name", Text),
    Column("designation", Text), Column("company_name", Text), Column("mobile_no", Text), Column("email", Text),
    Column("gst_no", Text), Column("address", Text), Column("created_at", DateTime(timezone=True)),
    Column("deleted_at", DateTime(timezone=True)),
)  # fmt: skip

quotes = Table(
    "quotes", metadata,
    Column("id", Uuid, primary_key=True), Column("tenant_id", Uuid), Column("quote_no", Text), Column("party_id", Uuid),
    Column("status", Text), Column("version_no", Integer), Column("created_at", DateTime(timezone=True)),
    Column("deleted_at", DateTime(timezone=True)),
)  # fmt: skip

quote_versions = Table(
    "quote_versions", metadata,
    Column("id", Uuid, primary_key=True), Column("tenant_id", Uuid), Column("quote_id", Uuid),
    Column("version_no", Integer), Column("is_archived", Boolean), Column("dated", Date), Column("seller", JSONB),
    Column("party", JSONB), Column("currency", Text),
    Column("payment_terms", Text), Column("delivery_days", Text), Column("valid_until", Date),
    Column("gst_percent", Numeric), Column("round_off_enabled", Boolean), Column("subtotal", Numeric),
    Column("gst_amount", BigInteger), Column("transport_charge", BigInteger), Column("round_off_value", BigInteger),
    Column("final_total", BigInteger), Column("created_by", Uuid), Column("created_at", DateTime(timezone=True)),
)  # fmt: skip

quote_items = Table(
    "quote_items", metadata,
    Column("version_id", Uuid, primary_key=True), Column("index", SmallInteger, primary_key=True),
    Column("tenant_id", Uuid), Column("name", Text), Column("description", Text), Column("ply", SmallInteger),
    Column("quantity", Integer), Column("cost_per_box", Numeric(24, 12)), Column("final_price", Numeric(24, 12)),
    Column("total", BigInteger), Column("box", JSONB), Column("costing", JSONB),
)  # fmt: skip

quote_counters = Table(
    "quote_counters", metadata,
    Column("tenant_id", Uuid, primary_key=True), Column("day", Date, primary_key=True), Column("last_number", Integer),
)  # fmt: skip

# Of identity, only read: statements here need the tenant's zone or address, and one more would be a round trip more.
tenants = table(
    "tenants", column("id", Uuid), column("name", Text), column("time_zone", Text), column("address", Text),
    column("phone", Text), column("email", Text), column("gst_no", Text),
)  # fmt: skip
