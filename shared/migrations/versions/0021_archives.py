"""Erasure names no archives: they go by the prefix of their tenant."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    _replace_erase_slice(answers="tenant uuid, rows bigint, finished boolean", spares="'tenant_users'", names="")


def downgrade() -> None:
    _replace_erase_slice(
        answers="tenant uuid, rows bigint, finished boolean, exports uuid[]",
        spares="'tenant_users', 'tenant_exports'",
        names="\n            select array_agg(id) into exports from tenant_exports where tenant_id = tenant;",
    )


def _replace_erase_slice(*, answers: str, spares: str, names: str) -> None:
    """See migration 0008, whose text this is; dropped before, since what it answers changes."""
    op.execute("drop function erase_slice(timestamptz, bigint)")
    op.execute(f"""
        create function erase_slice(at timestamptz, most bigint)
        returns table ({answers}) language plpgsql as $$
        declare source text; gone bigint; more boolean; locked boolean := false;
        begin
            select id, 0, false into tenant, rows, finished from tenants
            where erase_at <= at order by erase_at limit 1 for update skip locked;
            if not found then
                return;
            end if;
            for source in
                select name from tables_to_erase() as name
                where name not in ({spares})  -- needed to the end
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
            end if;{names}
            delete from users where id in (select user_id from tenant_users where tenant_id = tenant)
                and not exists (select from tenant_users where user_id = users.id and tenant_id <> tenant);
            delete from tenants where id = tenant;
            rows := rows + 1;
            finished := true;
            return next;
        end $$;
    """)
