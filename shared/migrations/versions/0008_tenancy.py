"""Archives of a tenant's data, closed tenants, and the two functions that concern every table of a tenant."""

from alembic import op

from shared.migrations.tenancy import tenant_table

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("""
        alter table tenants add column closed_at timestamptz, add column erase_at timestamptz;
        create index tenants_to_erase on tenants (erase_at) where erase_at is not null;
        create index on user_sessions (tenant_id);
        alter table email_tokens drop constraint email_tokens_purpose_check, add constraint email_tokens_purpose_check
            check (purpose in ('verify_email', 'reset_password', 'reopen_tenant'));
        create table tenant_exports (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade, user_id uuid not null,
            created_at timestamptz not null, ready_at timestamptz, size bigint
        );
        create index on tenant_exports (tenant_id);
    """)
    tenant_table("tenant_exports")
    op.execute("""
        -- Who has read that a tenant is open may write when it is no longer: the lock makes him wait for a closing that
        -- is under way, and a closing for him, so that it finds what he wrote.
        create function refuse_of_closed() returns trigger language plpgsql as $$
        begin
            perform from tenants where id = new.tenant_id and closed_at is null for share;
            if not found then
                raise exception 'tenant % is closed', new.tenant_id using errcode = 'BX401';
            end if;
            return new;
        end $$;
        create trigger refuse_of_closed before insert on user_sessions
            for each row execute function refuse_of_closed();
        create trigger refuse_of_closed before insert on api_keys
            for each row execute function refuse_of_closed();

        -- Rows of a table as lines of JSON, in the order of its primary key, from behind the line `after` on
        -- ('' is the beginning). Row-level security chooses the tenant. Columns of bytes are never in a line.
        create function table_lines(source text, without text[], after text, most bigint)
        returns table (line text) language plpgsql stable as $$
        declare key text;
        begin
            select string_agg(quote_ident(attname), ', ' order by array_position(indkey::int[], attnum::int)) into key
            from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
            where indrelid = source::regclass and indisprimary;
            select without || array_agg(attname::text) into without from pg_attribute
            where attrelid = source::regclass and atttypid in ('bytea'::regtype, 'bytea[]'::regtype) and attnum > 0;
            return query execute format(
                'select (to_jsonb(found) - $1)::text from %1$I as found
                where $2 = '''' or (%2$s) > (
                    select %2$s from jsonb_populate_record(null::%1$I, nullif($2, '''')::jsonb))
                order by %2$s limit $3', source, key) using without, after, most;
        end $$;

        -- The tables whose rows belong to a tenant, found in the catalog so that none is forgotten; those first that
        -- refer to others. Not the append-only ones, which outlive it.
        create function tables_to_erase() returns setof text language sql stable as $$
            with recursive own (id) as (
                select attrelid from pg_attribute join pg_class on pg_class.oid = attrelid
                where attname = 'tenant_id' and not attisdropped and relkind in ('r', 'p')
                    and relnamespace = 'public'::regnamespace
                    and not exists (select from pg_trigger where tgrelid = attrelid and tgname = 'append_only')
            ),
            referring (id, depth) as (
                select id, 0 from own
                union select conrelid, depth + 1 from pg_constraint join referring on confrelid = referring.id
                where contype = 'f' and conrelid <> confrelid and depth < 20
            )
            select id::regclass::text from own join referring using (id)
            group by id order by max(depth) desc, id::regclass::text
        $$;

        -- At most so many rows of one tenant whose time is over. When none is left, its users and itself go, in a slice
        -- of their own: no slice that has deleted something waits for a lock, so it cannot be part of a deadlock.
        create function erase_slice(at timestamptz, most bigint)
        returns table (tenant uuid, rows bigint, finished boolean, exports uuid[]) language plpgsql as $$
        declare source text; gone bigint; more boolean; locked boolean := false;
        begin
            select id, 0, false into tenant, rows, finished from tenants
            where erase_at <= at order by erase_at limit 1 for update skip locked;
            if not found then
                return;
            end if;
            for source in
                select name from tables_to_erase() as name
                where name not in ('tenant_users', 'tenant_exports')  -- needed to the end
            loop
                execute format(
                    'delete from %1$I where ctid = any (array(
                        select ctid from %1$I where tenant_id = $1 limit $2 for update skip locked))',
                    source) using tenant, most - rows;
                get diagnostics gone = row_count;
                rows := rows + gone;
                if gone = 0 then
                    execute format('select exists (select from %I where tenant_id = $1)', source)
                    into more using tenant;
                    locked := locked or more;
                end if;
                exit when rows = most;
            end loop;
            if rows > 0 or locked then
                return next;
                return;
            end if;
            select array_agg(id) into exports from tenant_exports where tenant_id = tenant;
            delete from users where id in (select user_id from tenant_users where tenant_id = tenant)
                and not exists (select from tenant_users where user_id = users.id and tenant_id <> tenant);
            delete from tenants where id = tenant;
            rows := rows + 1;
            finished := true;
            return next;
        end $$;
    """)


def downgrade() -> None:
    op.execute("""
        drop function erase_slice(timestamptz, bigint);
        drop function tables_to_erase();
        drop function table_lines(text, text[], text, bigint);
        drop trigger refuse_of_closed on api_keys;
        drop trigger refuse_of_closed on user_sessions;
        drop function refuse_of_closed();
        drop table tenant_exports;
        drop index user_sessions_tenant_id_idx;
        delete from email_tokens where purpose = 'reopen_tenant';
        alter table email_tokens drop constraint email_tokens_purpose_check, add constraint email_tokens_purpose_check
            check (purpose in ('verify_email', 'reset_password'));
        alter table tenants drop column closed_at, drop column erase_at;
    """)
