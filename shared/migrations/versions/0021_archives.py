"""Erasure names no archives: they go by the prefix of their tenant."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.execute("select")


def downgrade() -> None:
    op.execute("select")
