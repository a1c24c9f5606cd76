"""Row-level security of tenant tables, written once.

The policies of `app` and `app_staff` are two: joined by `or` in one, they would keep PostgreSQL from using any index.
"""

from alembic import op

MINE = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"


def tenant_table(*names: str, admits: str = MINE) -> None:
    """`app` sees and writes only rows of the transaction's tenant; `app_staff`, which the harness alone takes, all."""
    for name in names:
        op.execute(f"""
            alter table {name} enable row level security;
            alter table {name} force row level security;
            create policy tenant on {name} to app using ({admits});
            create policy staff on {name} to app_staff using (true);
            grant select, insert, update, delete on {name} to app, app_staff;
        """)


def append_only(*names: str, admits: str = MINE) -> None:
    """Tenant tables whose rows nobody changes: neither by right nor, as their owner, by accident."""
    tenant_table(*names, admits=admits)
    for name in names:
        op.execute(f"""
            revoke update, delete on {name} from app, app_staff;
            create trigger append_only before update or delete or truncate on {name}
                for each statement execute function refuse_change();
        """)
