"""Invites, and what goes with a user from one tenant to another."""

from alembic import op

from shared.migrations.tenancy import tenant_table

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("""
        -- One row an address: inviting again replaces it, accepting and withdrawing delete it.
        create table invites (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade, email text not null,
            role text not null check (role in ('owner', 'admin', 'staff', 'viewer')),
            digest bytea not null constraint invites_digest_key unique,
            created_at timestamptz not null, expires_at timestamptz not null, unique (tenant_id, email)
        );
        create index on api_keys (user_id);
    """)
    tenant_table("invites")
    op.execute("""
        -- A user's own rows go with him when he changes tenants, whoever moves him: left behind, row-level security
        -- would hide his second factor, and the end of that tenant would delete it. Some of the tables come later.
        create function take_along() returns trigger language plpgsql as $$
        begin
            update user_2fa set tenant_id = new.tenant_id where user_id = new.user_id;
            update user_2fa_logs set tenant_id = new.tenant_id where user_id = new.user_id;
            update mfa_challenges set tenant_id = new.tenant_id where user_id = new.user_id;
            update email_tokens set tenant_id = new.tenant_id
            where user_id = new.user_id and purpose <> 'reopen_tenant';
            return null;
        end $$;
        create trigger take_along after update of tenant_id on tenant_users for each row
            when (old.tenant_id <> new.tenant_id) execute function take_along();
    """)


def downgrade() -> None:
    op.execute("""
        drop trigger take_along on tenant_users;
        drop function take_along();
        drop index api_keys_user_id_idx;
        drop table invites;
    """)
