"""Role, tenants, users, sessions, idempotency keys, outbox and inbox."""

from alembic import op

from shared.migrations.tenancy import tenant_table

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("""
        do $$ begin
            if not exists (select from pg_roles where rolname = 'app') then
                create role app login nosuperuser nocreatedb nocreaterole nobypassrls;
            end if;
            if not exists (select from pg_roles where rolname = 'app_staff') then
                create role app_staff nologin nosuperuser nocreatedb nocreaterole nobypassrls;
            end if;
        end $$;
        alter role app noinherit;  -- it has to take the role; who migrates has it
        grant app_staff to app, current_user;
        alter role app set statement_timeout = '10s';
        alter role app set lock_timeout = '3s';
        alter role app set idle_in_transaction_session_timeout = '30s';
        grant usage on schema public to app, app_staff;

        create table tenants (
            id uuid primary key, name text not null, time_zone text not null, currency text not null,
            address text, phone text, email text, gst_no text, state_code text, website text,
            created_at timestamptz not null
        );
        create table users (
            id uuid primary key, email text not null constraint users_email_key unique, password_hash text not null,
            full_name text not null, phone text, locale text not null, email_verified boolean not null,
            created_at timestamptz not null
        );
        create table tenant_users (
            tenant_id uuid not null references tenants on delete cascade,
            user_id uuid not null unique references users on delete cascade,
            role text not null check (role in ('owner', 'admin', 'staff', 'viewer')),
            created_at timestamptz not null, primary key (tenant_id, user_id)
        );
        create table user_sessions (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            user_id uuid not null references users on delete cascade, user_agent text not null, client_ip text not null,
            created_at timestamptz not null, expires_at timestamptz not null, revoked_at timestamptz
        );
        create index on user_sessions (user_id);
        create index on user_sessions (expires_at);
        create table refresh_tokens (
            digest bytea primary key, tenant_id uuid not null references tenants on delete cascade,
            session_id uuid not null references user_sessions on delete cascade,
            created_at timestamptz not null, used_at timestamptz
        );
        create index on refresh_tokens (session_id);
        create table signin_failures (
            digest bytea primary key, failures integer not null, until timestamptz not null
        );
        create index on signin_failures (until);
        grant select, insert, update, delete on signin_failures to app, app_staff;

        create table idempotency_keys (
            tenant_id uuid not null, user_id uuid not null, operation text not null, key text not null,
            digest bytea not null, created_at timestamptz not null, status smallint, body text,
            primary key (tenant_id, user_id, operation, key)
        );
        create index on idempotency_keys (created_at);
        create table outbox (
            id uuid primary key, tenant_id uuid, name text not null, event jsonb not null,
            created_at timestamptz not null, leased_until timestamptz, sent_at timestamptz
        );
        create index outbox_unsent on outbox (created_at, id) where sent_at is null;
        create index outbox_sent on outbox (sent_at) where sent_at is not null;
        create table inbox (
            consumer text not null, event_id uuid not null, tenant_id uuid, received_at timestamptz not null,
            primary key (consumer, event_id)
        );
        create index on inbox (received_at);
    """)
    tenant_table("tenant_users", "user_sessions", "refresh_tokens", "idempotency_keys")
    mine_or_nobodys = "tenant_id is not distinct from nullif(current_setting('app.tenant_id', true), '')::uuid"
    tenant_table("outbox", "inbox", admits=mine_or_nobodys)  # an event may belong to no tenant
    tenant_table("tenants", admits="id = nullif(current_setting('app.tenant_id', true), '')::uuid")
    tenant_table("users", admits="exists (select from tenant_users where user_id = users.id)")
    op.execute("""
        -- The first statement of every transaction: on whose behalf it runs, and whether the session still holds.
        create function open_transaction(tenant text, staff text, read_only text, session uuid, at timestamptz)
        returns void language plpgsql as $$
        begin
            perform set_config('app.tenant_id', tenant, true), set_config('transaction_read_only', read_only, true);
            if staff = 'on' then
                set local role app_staff;
            end if;
            if session is not null and not exists (
                select from user_sessions where id = session and revoked_at is null and expires_at > at
            ) then
                raise exception 'session % has ended', session using errcode = 'BX401';
            end if;
        end $$;
    """)


def downgrade() -> None:
    """The roles stay: they belong to the cluster, and other databases may use them."""
    op.execute("""
        drop function open_transaction(text, text, text, uuid, timestamptz);
        drop table inbox, outbox, idempotency_keys, signin_failures, refresh_tokens, user_sessions, tenant_users, users,
            tenants;
        revoke usage on schema public from app, app_staff;
    """)
