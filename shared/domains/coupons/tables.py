"""Coupons belong to the platform, redemptions to a tenant; holds and slots are what the two have in common."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Integer,
    Numeric,
    Table,
    Text,
    Uuid,
    column,
    table,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.core.tables import metadata

coupons = Table(
    "coupons",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", Text),
    Column("name", Text),
    Column("coupon_type", Text),
    Column("discount_value", Numeric(24, 12)),  # percent, or an amount in major units
    Column("currency", Text),  # of a fixed amount
    Column("max_uses", Integer),
    Column("max_uses_per_user", Integer),
    Column("min_purchase_amount", BigInteger),
    Column("max_discount_amount", BigInteger),
    Column("plan_ids", ARRAY(Text)),  # none: every plan
    Column("applies_to", Text),
    Column("duration", Text),
    Column("duration_in_cycles", Integer),
    Column("first_subscription_only", Boolean),
    Column("is_public", Boolean),
    Column("assigned_to", Uuid),  # a user or a tenant
    Column("stackable", Boolean),
    Column("hot", Boolean),
    Column("valid_from", DateTime(timezone=True)),
    Column("valid_until", DateTime(timezone=True)),
    Column("status", Text),
    Column("uses", Integer),  # taken, where it is not hot; also those lapsed that nobody has taken away yet
    Column("series_id", Uuid),  # of the bulk operation that made it
    Column("created_by", Uuid),
    Column("created_at", DateTime(timezone=True)),
    Column("updated_at", DateTime(timezone=True)),
    Column("decided_by", Uuid),
    Column("decided_at", DateTime(timezone=True)),
    Column("reason", Text),
)

coupon_slots = Table(
    "coupon_slots",
    metadata,
    Column("coupon_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("redemption_id", Uuid),  # null: free
)

coupon_holds = Table(
    "coupon_holds",
    metadata,
    Column("redemption_id", Uuid, primary_key=True),
    Column("coupon_id", Uuid),
    Column("user_id", Uuid),
    Column("held_until", DateTime(timezone=True)),  # null: consumed
)

coupon_usages = Table(
    "coupon_usages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("coupon_id", Uuid),
    Column("user_id", Uuid),
    Column("state", Text),
    Column("applied_to_type", Text),
    Column("applied_to_id", Uuid),
    Column("plan_id", Text),
    Column("currency", Text),
    Column("purchase_amount", BigInteger),
    Column("discount_amount", BigInteger),
    Column("final_amount", BigInteger),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("consumed_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
)

coupon_bulk_operations = Table(
    "coupon_bulk_operations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("action", Text),
    Column("parameters", JSONB),
    Column("series_id", Uuid),  # it works on the coupons of this, its own where it makes them, and on coupon_ids
    Column("coupon_ids", ARRAY(Uuid)),
    Column("total", Integer),
    Column("done", Integer),
    Column("last_id", Uuid),  # of the coupons that are done
    Column("created_by", Uuid),
    Column("created_at", DateTime(timezone=True)),
    Column("finished_at", DateTime(timezone=True)),
)

tenants = table("tenants", column("id", Uuid), column("currency", Text))  # whole in identity
users = table("users", column("id", Uuid))
