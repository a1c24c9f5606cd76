"""Indexes by which what is over is found and deleted, and consumed coupons are counted."""

from alembic import op

revision = "0016"
down_revision = "0015"

SESSIONS = ("user_sessions", "admin_sessions")


def upgrade() -> None:
    for table in SESSIONS:
        op.execute(f"""
            create index {table}_ended on {table} (coalesce(revoked_at, expires_at));
            drop index {table}_expires_at_idx;
        """)
    op.execute("create index coupon_usages_consumed on coupon_usages (consumed_at) where state = 'consumed'")


def downgrade() -> None:
    op.execute("drop index coupon_usages_consumed")
    for table in SESSIONS:
        op.execute(f"""
            create index on {table} (expires_at);
            drop index {table}_ended;
        """)
