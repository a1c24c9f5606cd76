"""Trial invites and decisions, and what this domain reads of others: which steps a tenant has done is one statement."""

from sqlalchemy import ARRAY, Column, DateTime, Integer, LargeBinary, Table, Text, Uuid, column, table

from shared.core.tables import metadata

trial_invites = Table(
    "trial_invites",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text),
    Column("company_name", Text),
    Column("trial_days", Integer),
    Column("digest", LargeBinary),
    Column("invited_by", Uuid),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("accepted_at", DateTime(timezone=True)),
    Column("tenant_id", Uuid),  # that came of it
)

onboarding_decisions = Table(
    "onboarding_decisions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("admin_id", Uuid),
    Column("decision", Text),
    Column("reason", Text),
    Column("at", DateTime(timezone=True)),
)

tenants = table(  # of identity; how it stands is decided here
    "tenants",
    column("id", Uuid),
    column("name", Text),
    column("address", Text),
    column("phone", Text),
    column("email", Text),
    column("gst_no", Text),
    column("state_code", Text),
    column("created_at", DateTime(timezone=True)),
    column("closed_at", DateTime(timezone=True)),
    column("suspended_at", DateTime(timezone=True)),
    column("verification", Text),
    column("submitted_at", DateTime(timezone=True)),
    column("decided_at", DateTime(timezone=True)),
    column("decision_note", Text),
    column("reminded_at", DateTime(timezone=True)),
)
users = table("users", column("id", Uuid), column("email", Text), column("full_name", Text))
tenant_users = table("tenant_users", column("tenant_id", Uuid), column("user_id", Uuid), column("role", Text))

admins = table(
    "admins",
    column("email", Text),
    column("role", Text),
    column("granted", ARRAY(Text)),
    column("created_at", DateTime(timezone=True)),
    column("disabled_at", DateTime(timezone=True)),
)
platform_settings = table("platform_settings", column("key", Text), column("value", Text))

paper_bf_prices = table("paper_bf_prices", column("tenant_id", Uuid))
fluting_settings = table("fluting_settings", column("tenant_id", Uuid), column("flute", Text))
quote_versions = table(
    "quote_versions", column("tenant_id", Uuid), column("payment_terms", Text), column("delivery_days", Text)
)
