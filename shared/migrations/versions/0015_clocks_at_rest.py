"""A clock of a ticket that stands still has no moment at all, so the first of all moments is the first that counts.

And the question whether a sweep has anything to tell of.
"""

from alembic import op

revision = "0015"
down_revision = "0014"

CLOCKS = ("first_response", "next_response", "resolution")


def upgrade() -> None:
    for clock in CLOCKS:
        op.execute(f"""
            update support_tickets set {clock}_warning_at = null, {clock}_critical_at = null
                where {clock}_due is null and ({clock}_warning_at is not null or {clock}_critical_at is not null);
            alter table support_tickets add constraint support_tickets_{clock}_at_rest
                check ({clock}_due is not null or ({clock}_warning_at is null and {clock}_critical_at is null));
        """)
    op.execute("""
        alter table support_tickets add constraint support_tickets_next_response_waited_for
            check (next_response_since is not null or next_response_due is null);
        -- The next moment by its index, then whether it has come: with `where sweep_at <= at` the plan that is kept for
        -- any `at` would be to read all tickets.
        create function sla_sweep_is_due(at timestamptz) returns boolean language plpgsql stable as $$
        begin
            return (
                select sweep_at <= at from support_tickets where sweep_at is not null order by sweep_at limit 1
            );
        end $$;
    """)


def downgrade() -> None:
    op.execute("drop function sla_sweep_is_due(timestamptz)")
    for name in (*(f"{clock}_at_rest" for clock in CLOCKS), "next_response_waited_for"):
        op.execute(f"alter table support_tickets drop constraint support_tickets_{name}")
