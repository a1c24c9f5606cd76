"""What every request passes: sessions and keys that hold, rate limits, audit rows."""

from alembic import op

from shared.migrations.tenancy import append_only, tenant_table

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("""
        alter table user_sessions add column last_seen_at timestamptz, add column factor_at timestamptz;
        update user_sessions set last_seen_at = created_at;
        alter table user_sessions alter column last_seen_at set not null;

        create table api_keys (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade,
            user_id uuid not null references users on delete cascade, name text not null, prefix text not null,
            digest bytea not null constraint api_keys_digest_key unique, scopes text[] not null,
            created_at timestamptz not null, expires_at timestamptz, last_used_at timestamptz, revoked_at timestamptz
        );
        create index on api_keys (tenant_id, created_at, id);

        create table audit_logs (
            id uuid primary key, tenant_id uuid not null, user_id uuid not null, api_key_id uuid,
            operation text not null, target text not null, request_id text not null, client_ip text not null,
            at timestamptz not null
        );
        create index on audit_logs (tenant_id, at desc);
        create table auth_audit_logs (
            id uuid primary key, tenant_id uuid, user_id uuid, event text not null, client_ip text not null,
            user_agent text not null, at timestamptz not null
        );
        create index on auth_audit_logs (user_id, at desc);

        create unlogged table rate_limits (key bytea primary key, until timestamptz not null);
        create index on rate_limits (until);
        grant select, insert, update, delete on rate_limits to app, app_staff;
    """)
    tenant_table("api_keys")
    op.execute("""
        create function refuse_change() returns trigger language plpgsql as $$
        begin
            raise exception '% is append-only', tg_table_name;
        end $$;
    """)
    append_only("audit_logs", "auth_audit_logs")
    op.execute("""
        -- Before a request, and whatever comes of it: each of its limits is charged, its session or key was seen.
        -- GCRA: `until` is when all that was taken will be paid back. A charge is a share of a minute, in
        -- microseconds; a minute's worth may be taken at once, and what is refused costs nothing. An `until` that no
        -- call can have written, two minutes ahead, comes from a clock that was moved back since, and counts as paid.
        -- Keys are locked in one order, so no two calls wait for each other; what was seen waits for nobody.
        create procedure meter(
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

        drop function open_transaction(text, text, text, uuid, timestamptz);
        -- The first statement of every transaction: on whose behalf it runs, and whether session or key still hold.
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


def downgrade() -> None:
    op.execute("""
        drop procedure meter(text, text, uuid, bytea[], integer[], timestamptz);
        drop function open_transaction(text, text, text, text, uuid, timestamptz, timestamptz);
        drop table rate_limits, auth_audit_logs, audit_logs, api_keys;
        drop function refuse_change();
        alter table user_sessions drop column last_seen_at, drop column factor_at;
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
