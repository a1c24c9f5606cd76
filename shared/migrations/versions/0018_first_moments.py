"""What a list compares with now: the first moments of a ticket's clocks, and whether what has ended was late."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.execute("""
        -- Of the clocks that run, when the first one warns, warns again and is due; null where all stand still or the
        -- ticket has ended.
        alter table support_tickets
            add column warning_at timestamptz generated always as (case when coalesce(resolved_at, closed_at) is null
                then least(case when first_response_at is null then first_response_warning_at end,
                    next_response_warning_at, resolution_warning_at) end) stored,
            add column critical_at timestamptz generated always as (case when coalesce(resolved_at, closed_at) is null
                then least(case when first_response_at is null then first_response_critical_at end,
                    next_response_critical_at, resolution_critical_at) end) stored,
            add column due_at timestamptz generated always as (case when coalesce(resolved_at, closed_at) is null
                then least(case when first_response_at is null then first_response_due end,
                    next_response_due, resolution_due) end) stored,
            add column ended_late boolean generated always as (
                case when coalesce(resolved_at, closed_at) is null then false else coalesce(breached
                    or coalesce(first_response_at, resolved_at, closed_at) >= first_response_due
                    or coalesce(resolved_at, closed_at) >= resolution_due, false) end) stored;
    """)


def downgrade() -> None:
    op.execute("""
        alter table support_tickets drop column warning_at, drop column critical_at, drop column due_at,
            drop column ended_late;
    """)
