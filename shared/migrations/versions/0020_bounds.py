"""Erasure finds the rows of a tenant by an index in every table; uploads that wait to be named; pauses end."""

from alembic import op

revision = "0020"
down_revision = "0019"

BY_TENANT = (
    "quote_items", "support_attachments", "support_pauses", "refresh_tokens", "email_tokens", "mfa_challenges",
    "two_factor_auth", "two_factor_logs", "inbox", "outbox",
)  # fmt: skip


def upgrade() -> None:
    for table in BY_TENANT:
        op.execute(f"create index on {table} (tenant_id)")
    op.execute("""
        create index support_attachments_unnamed on support_attachments (uploaded_by, created_at)
            where message_id is null;
        update support_pauses set ends = starts where ends < starts;
        alter table support_pauses add constraint support_pauses_ends_check check (ends >= starts);
    """)


def downgrade() -> None:
    op.execute("""
        alter table support_pauses drop constraint support_pauses_ends_check;
        drop index support_attachments_unnamed;
    """)
    for table in BY_TENANT:
        op.execute(f"drop index {table}_tenant_id_idx")
