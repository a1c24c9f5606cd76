"""Second factors of admins beside those of users, in the same tables; codes that are sent."""

from alembic import op

revision = "0010"
down_revision = "0009"

# A factor and what belongs to it has one holder, a user or an admin; an admin's has no tenant, so no tenant sees it.
TABLES = ("two_factor_auth", "mfa_challenges", "two_factor_logs")


def upgrade() -> None:
    op.execute("alter table user_2fa rename to two_factor_auth; alter table user_2fa_logs rename to two_factor_logs")
    for table in TABLES:
        op.execute(f"""
            alter table {table} add column admin_id uuid references admins on delete cascade,
                add column holder_id uuid, alter column tenant_id drop not null;
            update {table} set holder_id = user_id;
            alter table {table} alter column holder_id set not null;
        """)
    op.execute("alter table two_factor_auth drop constraint user_2fa_pkey, add primary key (holder_id)")
    for table in TABLES:
        op.execute(f"""
            alter table {table} alter column user_id drop not null, add constraint {table}_one_holder
                check (num_nonnulls(user_id, admin_id) = 1 and holder_id = coalesce(user_id, admin_id));
            create index on {table} (user_id);
            create index on {table} (admin_id);
        """)
    op.execute("""
        -- An app makes its codes of the secret; a code that is sent is made of its id, which is all that is kept of it.
        alter table two_factor_auth add column method text, add column phone text, alter column secret drop not null,
            add column code_id uuid, add column code_sent_at timestamptz, add column code_until timestamptz;
        update two_factor_auth set method = 'totp';
        alter table two_factor_auth alter column method set not null,
            add constraint two_factor_auth_method check (method in ('totp', 'email', 'sms')
                and (method = 'totp') = (secret is not null) and (method = 'sms') = (phone is not null));
        delete from mfa_challenges;
        alter table mfa_challenges add column code_id uuid, add column code_sent_at timestamptz,
            add column break_glass boolean not null;
    """)
    op.execute("""
        create index on mfa_challenges (holder_id);
        create index on two_factor_logs (holder_id, at desc);
        create or replace function second_factors(holder uuid) returns text[] language sql stable as $$
            select array_remove(array[
                case when blocked_at is null then method end,
                case when blocked_at is not null or cardinality(backup_codes) > 0 then 'backup_code' end
            ], null) from two_factor_auth where holder_id = holder and enabled_at is not null
        $$;
        create or replace function take_along() returns trigger language plpgsql as $$
        begin
            update two_factor_auth set tenant_id = new.tenant_id where user_id = new.user_id;
            update two_factor_logs set tenant_id = new.tenant_id where user_id = new.user_id;
            update mfa_challenges set tenant_id = new.tenant_id where user_id = new.user_id;
            update email_tokens set tenant_id = new.tenant_id
            where user_id = new.user_id and purpose <> 'reopen_tenant';
            return null;
        end $$;
    """)


def downgrade() -> None:
    op.execute("""
        create or replace function take_along() returns trigger language plpgsql as $$
        begin
            update user_2fa set tenant_id = new.tenant_id where user_id = new.user_id;
            update user_2fa_logs set tenant_id = new.tenant_id where user_id = new.user_id;
            update mfa_challenges set tenant_id = new.tenant_id where user_id = new.user_id;
            update email_tokens set tenant_id = new.tenant_id
            where user_id = new.user_id and purpose <> 'reopen_tenant';
            return null;
        end $$;
        delete from two_factor_auth where method <> 'totp';
        alter table two_factor_auth drop constraint two_factor_auth_pkey, drop column method, drop column phone,
            alter column secret set not null, drop column code_id, drop column code_sent_at, drop column code_until;
        alter table mfa_challenges drop column code_id, drop column code_sent_at, drop column break_glass;
    """)
    for table in TABLES:
        op.execute(f"""
            delete from {table} where admin_id is not null;
            alter table {table} drop column admin_id, drop column holder_id, alter column user_id set not null,
                alter column tenant_id set not null;
        """)
    op.execute("""
        alter table two_factor_auth add constraint user_2fa_pkey primary key (user_id);
        alter table two_factor_auth rename to user_2fa;
        alter table two_factor_logs rename to user_2fa_logs;
        drop index mfa_challenges_user_id_idx1;
        drop index two_factor_logs_user_id_idx;
        drop index two_factor_auth_user_id_idx;
        create or replace function second_factors(holder uuid) returns text[] language sql stable as $$
            select array_remove(array[
                case when blocked_at is null then 'totp' end,
                case when blocked_at is not null or cardinality(backup_codes) > 0 then 'backup_code' end
            ], null) from user_2fa where user_id = holder and enabled_at is not null
        $$;
    """)
