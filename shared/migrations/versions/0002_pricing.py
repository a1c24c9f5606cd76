"""Paper prices, shade premiums, rules, flutes, remembered rates; one function that reads what prices depend on."""

from alembic import op

from shared.migrations.tenancy import tenant_table

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("""
        create table paper_bf_prices (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            bf numeric(24, 12) not null, base_price numeric(24, 12) not null,
            created_at timestamptz not null, updated_at timestamptz not null,
            constraint paper_bf_prices_key unique (tenant_id, bf)
        );
        create table shade_premiums (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            shade text not null, shade_key text not null, premium numeric(24, 12) not null,
            created_at timestamptz not null, updated_at timestamptz not null,
            constraint shade_premiums_key unique (tenant_id, shade_key)
        );
        create table paper_pricing_rules (
            tenant_id uuid primary key references tenants on delete cascade,
            low_gsm_limit numeric(24, 12) not null, low_gsm_adjustment numeric(24, 12) not null,
            high_gsm_limit numeric(24, 12) not null, high_gsm_adjustment numeric(24, 12) not null,
            market_adjustment numeric(24, 12) not null, updated_at timestamptz not null
        );
        create table fluting_settings (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            flute text not null, factor numeric(24, 12) not null, height_mm numeric(24, 12) not null,
            created_at timestamptz not null, updated_at timestamptz not null,
            constraint fluting_settings_key unique (tenant_id, flute)
        );
        create table rate_memory (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            bf numeric(24, 12) not null, shade text not null, shade_key text not null, rate numeric(24, 12) not null,
            created_at timestamptz not null, updated_at timestamptz not null,
            constraint rate_memory_key unique (tenant_id, bf, shade_key)
        );
        create index on paper_bf_prices (tenant_id, created_at, id);
        create index on shade_premiums (tenant_id, created_at, id);
        create index on fluting_settings (tenant_id, created_at, id);
        create index on rate_memory (tenant_id, created_at, id);
    """)
    tenant_table("paper_bf_prices", "shade_premiums", "paper_pricing_rules", "fluting_settings", "rate_memory")
    op.execute("""
        -- A statement of another domain takes the settings along with its own rows, so that nobody waits twice.
        create function pricing_settings() returns jsonb language sql stable as $$
            with mine as (select nullif(current_setting('app.tenant_id', true), '')::uuid as id)
            select jsonb_build_object(
                'currency', (select currency from tenants where id = mine.id),
                'bf_prices', (
                    select coalesce(jsonb_agg(jsonb_build_array(bf::text, base_price::text)), '[]')
                    from paper_bf_prices where tenant_id = mine.id),
                'shade_premiums', (
                    select coalesce(jsonb_agg(jsonb_build_array(shade_key, premium::text)), '[]')
                    from shade_premiums where tenant_id = mine.id),
                'rules', (
                    select jsonb_build_array(low_gsm_limit::text, low_gsm_adjustment::text, high_gsm_limit::text,
                        high_gsm_adjustment::text, market_adjustment::text)
                    from paper_pricing_rules where tenant_id = mine.id),
                'flutes', (
                    select coalesce(jsonb_agg(jsonb_build_array(flute, factor::text, height_mm::text)), '[]')
                    from fluting_settings where tenant_id = mine.id))
            from mine
        $$;
    """)


def downgrade() -> None:
    op.execute("""
        drop function pricing_settings();
        drop table rate_memory, fluting_settings, paper_pricing_rules, shade_premiums, paper_bf_prices;
    """)
