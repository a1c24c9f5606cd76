"""Prices and flutes of a tenant."""

from sqlalchemy import Column, DateTime, Numeric, Table, Text, Uuid

from shared.core.tables import metadata

paper_bf_prices = Table(
    "paper_bf_prices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("bf", Numeric(24, 12)),
    Column("base_price", Numeric(24, 12)),
    Column("created_at", DateTime(timezone=True)),
    Column("updated_at", DateTime(timezone=True)),
)

shade_premiums = Table(
    "shade_premiums",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("shade", Text),
    Column("shade_key", Text),  # case-folded: a shade is one in any writing
    Column("premium", Numeric(24, 12)),
    Column("created_at", DateTime(timezone=True)),
    Column("updated_at", DateTime(timezone=True)),
)

paper_pricing_rules = Table(
    "paper_pricing_rules",
    metadata,
    Column("tenant_id", Uuid, primary_key=True),
    Column("low_gsm_limit", Numeric(24, 12)),
    Column("low_gsm_adjustment", Numeric(24, 12)),
    Column("high_gsm_limit", Numeric(24, 12)),
    Column("high_gsm_adjustment", Numeric(24, 12)),
    Column("market_adjustment", Numeric(24, 12)),
    Column("updated_at", DateTime(timezone=True)),
)

fluting_settings = Table(
    "fluting_settings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("flute", Text),
    Column("factor", Numeric(24, 12)),
    Column("height_mm", Numeric(24, 12)),
    Column("created_at", DateTime(timezone=True)),
    Column("updated_at", DateTime(timezone=True)),
)

rate_memory = Table(
    "rate_memory",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("bf", Numeric(24, 12)),
    Column("shade", Text),
    Column("shade_key", Text),
    Column("rate", Numeric(24, 12)),
    Column("created_at", DateTime(timezone=True)),
    Column("updated_at", DateTime(timezone=True)),
)
