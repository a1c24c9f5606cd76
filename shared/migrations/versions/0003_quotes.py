"""Parties, quotes with their versions and items, and the counters of quote numbers."""

from alembic import op

from shared.migrations.tenancy import tenant_table

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("""
        create table party_profiles (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            person_name text not null, designation text, company_name text, mobile_no text, email text, gst_no text,
            address text, created_at timestamptz not null, deleted_at timestamptz,
            unique (tenant_id, id)
        );
        create index on party_profiles (tenant_id, created_at desc, id desc) where deleted_at is null;

        create table quotes (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            quote_no text not null, party_id uuid not null,
            status text not null check (status in ('draft', 'sent', 'negotiated', 'accepted', 'rejected', 'expired')),
            version_no integer not null, created_at timestamptz not null, deleted_at timestamptz,
            unique (tenant_id, quote_no), unique (tenant_id, id),
            foreign key (tenant_id, party_id) references party_profiles (tenant_id, id)
        );
        create index on quotes (tenant_id, created_at desc, id desc) where deleted_at is null;
        create index on quotes (party_id);

        create table quote_versions (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            quote_id uuid not null, version_no integer not null, is_archived boolean not null, dated date not null,
            seller jsonb not null, party jsonb not null, currency text not null, payment_terms text, delivery_days text,
            valid_until date,
            gst_percent numeric not null, round_off_enabled boolean not null, subtotal numeric not null,
            gst_amount bigint not null, transport_charge bigint not null, round_off_value bigint not null,
            final_total bigint not null, created_by uuid not null, created_at timestamptz not null,
            unique (quote_id, version_no), unique (tenant_id, id),
            foreign key (tenant_id, quote_id) references quotes (tenant_id, id) on delete cascade
        );

        create table quote_items (
            version_id uuid not null, index smallint not null,
            tenant_id uuid not null references tenants on delete cascade, name text not null, description text,
            ply smallint not null, quantity integer not null, cost_per_box numeric(24, 12) not null,
            final_price numeric(24, 12) not null, total bigint not null, box jsonb not null, costing jsonb not null,
            primary key (version_id, index),
            foreign key (tenant_id, version_id) references quote_versions (tenant_id, id) on delete cascade
        );

        create table quote_counters (
            tenant_id uuid not null references tenants on delete cascade, day date not null,
            last_number integer not null, primary key (tenant_id, day)
        );
    """)
    tenant_table("party_profiles", "quotes", "quote_versions", "quote_items", "quote_counters")


def downgrade() -> None:
    op.execute("drop table quote_counters, quote_items, quote_versions, quotes, party_profiles")
