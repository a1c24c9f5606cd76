"""Links that are mailed, and sign-in counters by account."""

from alembic import op

from shared.migrations.tenancy import tenant_table

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("""
        -- One row a user and purpose: a new link of a purpose takes the place of the older one.
        create table email_tokens (
            user_id uuid not null references users on delete cascade,
            purpose text not null check (purpose in ('verify_email', 'reset_password')),
            tenant_id uuid not null references tenants on delete cascade, email text not null,
            digest bytea not null constraint email_tokens_digest_key unique,
            created_at timestamptz not null, expires_at timestamptz not null,
            resent_at timestamptz, used_at timestamptz,
            primary key (user_id, purpose)
        );
        create index on email_tokens (expires_at);

        alter table signin_failures add column account bytea;
        create index on signin_failures (account);
    """)
    tenant_table("email_tokens")


def downgrade() -> None:
    op.execute("""
        alter table signin_failures drop column account;
        drop table email_tokens;
    """)
