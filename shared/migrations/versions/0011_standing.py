"""How tenants and users stand with the platform: invited, approved, suspended, disabled, on trial; its own settings."""

from alembic import op

from shared.migrations.tenancy import append_only, tenant_table

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("""
        create table platform_settings (key text primary key, value text not null);
        insert into platform_settings (key, value) values ('onboarding_approval', 'auto');
        alter table tenants
            add column verification text not null default 'approved'
                check (verification in ('not_submitted', 'pending', 'approved', 'rejected')),
            add column submitted_at timestamptz, add column decided_at timestamptz, add column decision_note text,
            add column reminded_at timestamptz, add column suspended_at timestamptz, add column suspension_reason text,
            add column trial_ends_at timestamptz;
        alter table tenants alter column verification drop default;  -- it was for those that there were
        create index tenants_to_remind on tenants (created_at) where verification = 'not_submitted';
        -- How a new tenant stands, whoever makes it.
        create function set_first_verification() returns trigger language plpgsql as $$
        begin
            select case value when 'manual' then 'not_submitted' else 'approved' end into new.verification
            from platform_settings where key = 'onboarding_approval';
            return new;
        end $$;
        create trigger first_verification before insert on tenants for each row
            when (new.verification is null) execute function set_first_verification();
        alter table users add column disabled_at timestamptz, add column disabled_reason text;
        create index on users (created_at, id);
        create index on tenants (created_at, id);

        create table onboarding_decisions (
            id uuid primary key, tenant_id uuid not null, admin_id uuid not null,
            decision text not null check (decision in ('approved', 'rejected')), reason text, at timestamptz not null
        );
        create index on onboarding_decisions (tenant_id, at desc);
        -- An address has one invite that may still be accepted; the tenant is the one that came of it.
        create table trial_invites (
            id uuid primary key, email text not null, company_name text, trial_days integer not null,
            digest bytea not null constraint trial_invites_digest_key unique, invited_by uuid not null,
            created_at timestamptz not null, expires_at timestamptz not null, accepted_at timestamptz,
            tenant_id uuid references tenants on delete cascade
        );
        create unique index trial_invites_open_key on trial_invites (email) where accepted_at is null;
        create index on trial_invites (created_at desc, id desc);
        create index on trial_invites (tenant_id);
    """)
    tenant_table("platform_settings", admits="true")
    tenant_table("trial_invites")
    append_only("onboarding_decisions")
    op.execute("""
        revoke insert, update, delete on platform_settings from app;
        create or replace function refuse_of_closed() returns trigger language plpgsql as $$
        begin
            perform from tenants where id = new.tenant_id and closed_at is null and suspended_at is null for share;
            if not found then
                raise exception 'tenant % is closed', new.tenant_id using errcode = 'BX401';
            end if;
            perform from users where id = new.user_id and disabled_at is null for share;
            if not found then
                raise exception 'user % is disabled', new.user_id using errcode = 'BX401';
            end if;
            return new;
        end $$;
    """)


def downgrade() -> None:
    op.execute("""
        create or replace function refuse_of_closed() returns trigger language plpgsql as $$
        begin
            perform from tenants where id = new.tenant_id and closed_at is null for share;
            if not found then
                raise exception 'tenant % is closed', new.tenant_id using errcode = 'BX401';
            end if;
            return new;
        end $$;
        drop table trial_invites, onboarding_decisions;
        drop index tenants_created_at_id_idx;
        drop index users_created_at_id_idx;
        alter table users drop column disabled_at, drop column disabled_reason;
        drop trigger first_verification on tenants;
        alter table tenants drop column verification, drop column submitted_at, drop column decided_at,
            drop column decision_note, drop column reminded_at, drop column suspended_at,
            drop column suspension_reason, drop column trial_ends_at;
        drop function set_first_verification();
        drop table platform_settings;
    """)
