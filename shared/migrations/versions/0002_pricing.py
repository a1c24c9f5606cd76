"""Paper prices, shades, flutes."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The pricing author writes this."""


def downgrade() -> None:
    """The pricing author writes this."""
