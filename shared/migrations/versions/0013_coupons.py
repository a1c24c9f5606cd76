"""Coupons, who uses them, and the slots of hot campaigns."""

from alembic import op

from shared.migrations.tenancy import tenant_table

revision = "0013"
down_revision = "0012"

NOBODYS = "false"  # of a tenant's functions, as in migration 0009


def upgrade() -> None:
    op.execute("""
        -- Of the platform, so without a tenant. `uses` counts the uses that are taken, but not those of hot coupons:
        -- these have one slot a use instead of one counter that everybody waits for.
        create table coupons (
            id uuid primary key, code text not null constraint coupons_code_key unique check (code = upper(code)),
            name text not null, coupon_type text not null check (coupon_type in ('percentage', 'fixed_amount')),
            discount_value numeric(24, 12) not null check (discount_value > 0),
            currency text check (currency is not null or coupon_type = 'percentage'),
            max_uses integer, max_uses_per_user integer not null, min_purchase_amount bigint,
            max_discount_amount bigint, plan_ids text[] not null,
            applies_to text not null check (applies_to in ('subscription', 'invoice', 'all')),
            duration text not null check (duration in ('once', 'repeating', 'forever')), duration_in_cycles integer,
            first_subscription_only boolean not null, is_public boolean not null, assigned_to uuid,
            stackable boolean not null, hot boolean not null check (not hot or max_uses is not null),
            valid_from timestamptz not null, valid_until timestamptz,
            status text not null
                check (status in ('pending_approval', 'active', 'rejected', 'disabled', 'expired')),
            uses integer not null, series_id uuid, created_by uuid not null, created_at timestamptz not null,
            updated_at timestamptz not null, decided_by uuid, decided_at timestamptz, reason text,
            check (coupon_type = 'fixed_amount' or discount_value <= 100),
            check ((duration = 'repeating') = (duration_in_cycles is not null))
        );
        create index on coupons (created_at, id);
        create index on coupons (series_id) where series_id is not null;
        create index coupons_to_expire on coupons (valid_until) where status = 'active';
        create table coupon_slots (
            coupon_id uuid not null references coupons on delete cascade, number integer not null,
            redemption_id uuid constraint coupon_slots_redemption_key unique, primary key (coupon_id, number)
        );
        create index coupon_slots_free on coupon_slots (coupon_id, number) where redemption_id is null;

        -- One row a use that is taken, of every tenant: for good, or `held_until` then. What lapsed is taken away by
        -- whoever wants the use next. Neither this nor the usages refer to coupons, which are never deleted: each row
        -- would lock the one row of its coupon. The constraints, judged in the order of their names, refuse a use that
        -- could not be taken: it is taken in the flush of the commit, where nobody looks at a result any more.
        create table coupon_holds (
            redemption_id uuid primary key, coupon_id uuid, user_id uuid, held_until timestamptz,
            constraint coupon_exhausted check (coupon_id is not null),
            constraint coupon_user_limit check (user_id is not null)
        );
        create index on coupon_holds (coupon_id, user_id);
        create index coupon_holds_to_lapse on coupon_holds (coupon_id, held_until) where held_until is not null;

        -- What a tenant knows of it. The user is only named: when he leaves, the tenant keeps its redemptions.
        create table coupon_usages (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            coupon_id uuid not null, user_id uuid not null,
            state text not null check (state in ('reserved', 'consumed', 'released', 'given_back')),
            applied_to_type text not null check (applied_to_type in ('subscription', 'invoice')),
            applied_to_id uuid not null, plan_id text, currency text not null, purchase_amount bigint not null,
            discount_amount bigint not null, final_amount bigint not null, created_at timestamptz not null,
            expires_at timestamptz not null, consumed_at timestamptz, ended_at timestamptz,
            check (discount_amount >= 0 and final_amount >= 0 and discount_amount + final_amount = purchase_amount)
        );
        create index on coupon_usages (tenant_id, created_at);
        create index on coupon_usages (coupon_id, created_at);
        create index on coupon_usages (created_at, id);

        -- What is done to many coupons, slice by slice: `done` of `total`, in the order of their ids the last one.
        create table coupon_bulk_operations (
            id uuid primary key,
            action text not null check (action in ('create', 'disable', 'extend', 'assign', 'approve')),
            parameters jsonb not null, series_id uuid, coupon_ids uuid[] not null, total integer not null,
            done integer not null, last_id uuid not null, created_by uuid not null, created_at timestamptz not null,
            finished_at timestamptz
        );

        -- Users' functions know a coupon by its code, and take a use of it; they make and change none.
        grant select, update (uses) on coupons to app;
        grant select, insert, update on coupons to app_staff;
        grant select, update on coupon_slots to app;
        grant select, insert, update, delete on coupon_slots to app_staff;
        grant select, insert, update, delete on coupon_holds to app, app_staff;
    """)
    tenant_table("coupon_usages")
    tenant_table("coupon_bulk_operations", admits=NOBODYS)


def downgrade() -> None:
    op.execute("drop table coupon_bulk_operations, coupon_usages, coupon_holds, coupon_slots, coupons")
