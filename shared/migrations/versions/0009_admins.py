"""Admins: their sessions, links, allowed addresses and logs; every request passes their guard too."""

from alembic import op

from shared.migrations.tenancy import append_only, tenant_table

revision = "0009"
down_revision = "0008"

NOBODYS = "false"  # of a tenant's functions: rows of the platform, which only admins' operations see


def upgrade() -> None:
    op.execute("""
        create table admins (
            id uuid primary key, email text not null constraint admins_email_key unique, full_name text not null,
            password_hash text, role text not null check (role in
                ('super_admin', 'support_staff', 'support_viewer', 'marketing_staff', 'finance_admin')),
            granted text[] not null, created_at timestamptz not null, disabled_at timestamptz
        );
        create table admin_sessions (
            id uuid primary key, admin_id uuid not null references admins on delete cascade, user_agent text not null,
            client_ip text not null, created_at timestamptz not null, expires_at timestamptz not null,
            last_seen_at timestamptz not null, factor_at timestamptz, break_glass boolean not null,
            revoked_at timestamptz
        );
        create index on admin_sessions (admin_id);
        create index on admin_sessions (expires_at);
        create table admin_refresh_tokens (
            digest bytea primary key, session_id uuid not null references admin_sessions on delete cascade,
            created_at timestamptz not null, used_at timestamptz
        );
        create index on admin_refresh_tokens (session_id);
        -- One row an admin: a new link takes the place of the older one.
        create table admin_links (
            admin_id uuid primary key references admins on delete cascade,
            digest bytea not null constraint admin_links_digest_key unique,
            created_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz
        );
        create table admin_ip_whitelist (
            id uuid primary key, admin_id uuid references admins on delete cascade, network cidr not null,
            label text not null, enabled boolean not null, created_by uuid not null, created_at timestamptz not null,
            constraint admin_ip_whitelist_entry_key unique nulls not distinct (admin_id, network)
        );
        create table admin_break_glass_codes (
            admin_id uuid primary key references admins on delete cascade, digest bytea not null,
            created_at timestamptz not null, used_at timestamptz
        );
        create table admin_audit_logs (
            id uuid primary key, admin_id uuid not null, user_id uuid, tenant_id uuid, operation text not null,
            target text not null, outcome text not null check (outcome in ('done', 'asked', 'refused')),
            request_id text not null, client_ip text not null, at timestamptz not null
        );
        create index on admin_audit_logs (admin_id, at desc);
        create table admin_login_audit_logs (
            id uuid primary key, admin_id uuid, event text not null, client_ip text not null, user_agent text not null,
            at timestamptz not null
        );
        create index on admin_login_audit_logs (admin_id, at desc);
        alter table audit_logs add column admin_id uuid;
    """)
    tenant_table(
        "admins",
        "admin_sessions",
        "admin_refresh_tokens",
        "admin_links",
        "admin_ip_whitelist",
        "admin_break_glass_codes",
        admits=NOBODYS,
    )
    append_only("admin_audit_logs", "admin_login_audit_logs", admits=NOBODYS)
    op.execute("""
        -- Whether an admin may come from an address: where no enabled entry is about him, from everywhere.
        create function admits_address(admin uuid, address text) returns boolean language sql stable as $$
            select coalesce(bool_or(network >>= nullif(address, '')::inet), count(*) = 0) from admin_ip_whitelist
            where enabled and (admin_id is null or admin_id = admin)
        $$;
    """)
    op.execute(METER.replace("end if;\n            commit;\n        end $$", OF_ADMINS))
    op.execute("drop function open_transaction(text, text, text, text, uuid, timestamptz, timestamptz)")
    op.execute("""
        -- The first statement of every transaction: on whose behalf it runs, and whether session or key still hold.
        create function open_transaction(
            tenant text, staff text, read_only text, guard text, guard_id uuid, at timestamptz,
            factor_after timestamptz, address text, approved text
        ) returns void language plpgsql as $$
        declare factor timestamptz; holder uuid; admin uuid; anywhere boolean; standing text;
        begin
            perform set_config('app.tenant_id', tenant, true), set_config('transaction_read_only', read_only, true);
            if staff = 'on' then
                set local role app_staff;
            end if;
            if guard = 'session' then
                select factor_at, user_id into factor, holder from user_sessions
                where id = guard_id and revoked_at is null and expires_at > at;
                if address <> '' then  -- an admin's, in the user's name (migration 0012)
                    select admin_impersonations.admin_id, break_glass into admin, anywhere
                    from admin_impersonations join admin_sessions on admin_sessions.id = session_id
                    where admin_impersonations.id = guard_id;
                end if;
            elsif guard = 'key' then
                select user_id into holder from api_keys
                where id = guard_id and revoked_at is null and (expires_at is null or expires_at > at)
                    and exists (select from users where id = user_id and disabled_at is null)
                    and exists (select from tenants where id = tenant_id and suspended_at is null);
            elsif guard = 'admin' then
                select factor_at, admin_id, break_glass into factor, holder, anywhere
                from admin_sessions join admins on admins.id = admin_id
                where admin_sessions.id = guard_id and revoked_at is null and expires_at > at
                    and last_seen_at > at - interval '30 minutes' and disabled_at is null;
                admin := holder;
            end if;
            if guard <> '' and holder is null then
                raise exception '% % has ended', guard, guard_id using errcode = 'BX401';
            end if;
            if admin is not null and not anywhere and not admits_address(admin, address) then
                raise exception 'admin % may not come from here', admin using errcode = 'BX406';
            end if;
            if guard <> 'key' and factor_after is not null and (factor is null or factor < factor_after) then
                if exists (select from two_factor_auth where holder_id = holder and enabled_at is not null) then
                    raise exception 'session % needs its second factor', guard_id using errcode = 'BX403';
                end if;
            end if;
            if approved = 'on' then
                select verification into standing from tenants where id = tenant::uuid and verification <> 'approved'
                and exists (select from platform_settings where key = 'onboarding_approval' and value = 'manual');
                if found then
                    raise exception 'tenant % is not approved', tenant using errcode = 'BX405', detail = standing;
                end if;
            end if;
        end $$;
    """)


OF_ADMINS = """elsif guard = 'admin' then
                set local role app_staff;
                update admin_sessions set last_seen_at = at where id = (
                    select id from admin_sessions where id = guard_id and revoked_at is null
                    and last_seen_at > at - interval '30 minutes'
                    and last_seen_at not between at - interval '1 minute' and at + interval '1 minute'
                    for no key update skip locked
                );
            end if;
            commit;
        end $$"""

METER = """
        -- See migration 0004, whose procedure this is, with one guard more.
        create or replace procedure meter(
            tenant text, guard text, guard_id uuid, keys bytea[], charges integer[], at timestamptz
        ) language plpgsql as $$
        declare charged bytea[]; refused record;
        begin
            with done as (
                insert into rate_limits as paid (key, until)
                select key, at + interval '1 microsecond' * charge
                from unnest(keys, charges) as given (key, charge) order by key
                on conflict (key) do update set until = excluded.until + case
                    when paid.until between at and at + interval '2 minutes' then paid.until - at
                    else interval '0' end
                    where paid.until <= at + interval '1 minute' - (excluded.until - at)
                        or paid.until > at + interval '2 minutes'
                returning paid.key
            )
            select array(select key from done) into charged;
            if cardinality(charged) < cardinality(keys) then
                select place, until + interval '1 microsecond' * charge - interval '1 minute' - at as wait into refused
                from unnest(keys, charges) with ordinality as given (key, charge, place) join rate_limits using (key)
                where key <> all (charged) order by wait desc limit 1;
                raise exception 'a limit is used up' using errcode = 'BX429',
                    detail = format('%s %s', refused.place, greatest(1, ceil(extract(epoch from refused.wait))));
            end if;
            commit;
            perform set_config('app.tenant_id', tenant, true);
            if guard = 'session' then
                update user_sessions set last_seen_at = at where id = (
                    select id from user_sessions where id = guard_id and revoked_at is null
                    and last_seen_at not between at - interval '1 minute' and at + interval '1 minute'
                    for no key update skip locked
                );
            elsif guard = 'key' then
                update api_keys set last_used_at = at where id = (
                    select id from api_keys where id = guard_id and revoked_at is null and (last_used_at is null
                    or last_used_at not between at - interval '1 minute' and at + interval '1 minute')
                    for no key update skip locked
                );
            end if;
            commit;
        end $$;
"""


def downgrade() -> None:
    op.execute(METER)
    op.execute("""
        drop function open_transaction(text, text, text, text, uuid, timestamptz, timestamptz, text, text);
        drop function admits_address(uuid, text);
        alter table audit_logs drop column admin_id;
        drop table admin_login_audit_logs, admin_audit_logs, admin_break_glass_codes, admin_ip_whitelist, admin_links,
            admin_refresh_tokens, admin_sessions, admins;
        create function open_transaction(
            tenant text, staff text, read_only text, guard text, guard_id uuid, at timestamptz, factor_after timestamptz
        ) returns void language plpgsql as $$
        declare factor timestamptz; holder uuid;
        begin
            perform set_config('app.tenant_id', tenant, true), set_config('transaction_read_only', read_only, true);
            if staff = 'on' then
                set local role app_staff;
            end if;
            if guard = 'session' then
                select factor_at, user_id into factor, holder from user_sessions
                where id = guard_id and revoked_at is null and expires_at > at;
                if not found then
                    raise exception 'session % has ended', guard_id using errcode = 'BX401';
                end if;
                if factor_after is not null and (factor is null or factor < factor_after) then
                    if exists (select from user_2fa where user_id = holder and enabled_at is not null) then
                        raise exception 'session % needs its second factor', guard_id using errcode = 'BX403';
                    end if;
                end if;
            elsif guard = 'key' then
                perform from api_keys
                where id = guard_id and revoked_at is null and (expires_at is null or expires_at > at);
                if not found then
                    raise exception 'key % no longer holds', guard_id using errcode = 'BX401';
                end if;
            end if;
        end $$;
    """)
