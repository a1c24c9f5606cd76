"""Second factors, the sign-ins that wait for one, and their log."""

from alembic import op

from shared.migrations.tenancy import tenant_table

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute("""
        create table user_2fa (
            user_id uuid primary key references users on delete cascade,
            tenant_id uuid not null references tenants on delete cascade, secret bytea not null,
            created_at timestamptz not null, pending_until timestamptz not null, enabled_at timestamptz,
            last_step bigint not null, backup_codes bytea[] not null, used_backup_codes bytea[] not null,
            failures integer not null, failures_today integer not null, failed_on date not null, blocked_at timestamptz
        );
        create index on user_2fa (pending_until) where enabled_at is null;
        create table mfa_challenges (
            digest bytea primary key, tenant_id uuid not null references tenants on delete cascade,
            user_id uuid not null references users on delete cascade, failures integer not null,
            created_at timestamptz not null, expires_at timestamptz not null
        );
        create index on mfa_challenges (expires_at);
        create index on mfa_challenges (user_id);
        create table user_2fa_logs (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            user_id uuid not null references users on delete cascade, action text not null, client_ip text not null,
            user_agent text not null, at timestamptz not null
        );
        create index on user_2fa_logs (user_id, at desc);
    """)
    tenant_table("user_2fa", "mfa_challenges", "user_2fa_logs")
    op.execute("""
        -- What a user may show besides his password; null where that is enough. Sign-in asks it in the statement that
        -- finds the user, so that who has no second factor pays nothing for it.
        create function second_factors(holder uuid) returns text[] language sql stable as $$
            select array_remove(array[
                case when blocked_at is null then 'totp' end,
                case when blocked_at is not null or cardinality(backup_codes) > 0 then 'backup_code' end
            ], null) from user_2fa where user_id = holder and enabled_at is not null
        $$;
    """)


def downgrade() -> None:
    op.execute("""
        drop function second_factors(uuid);
        drop table user_2fa_logs, mfa_challenges, user_2fa;
    """)
