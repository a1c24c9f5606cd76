"""Row-level security of tenant tables, written once."""

from alembic import op

MINE = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"
STAFF = "current_setting('app.staff', true) = 'on'"


def tenant_table(*names: str, admits: str = MINE) -> None:
    """Only rows of the transaction's tenant are seen or written; every row where the harness says so (`app.staff`)."""
    for name in names:
        op.execute(f"""
            alter table {name} enable row level security;
            alter table {name} force row level security;
            create policy tenant on {name} using ({admits} or {STAFF});
            grant select, insert, update, delete on {name} to app;
        """)
