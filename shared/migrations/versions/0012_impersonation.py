"""Impersonation: which admin acted in which user's name, why, and for how long."""

from alembic import op

from shared.migrations.tenancy import tenant_table

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("""
        -- Its id is also that of the session that it opens in the user's name; session_id is the admin's own. The user
        -- is only named: when he leaves, the tenant keeps what was done in his name.
        create table admin_impersonations (
            id uuid primary key, admin_id uuid not null references admins, user_id uuid not null,
            tenant_id uuid not null references tenants on delete cascade, session_id uuid not null,
            reason text not null, ticket_id text, allow_writes boolean not null,
            started_at timestamptz not null, expires_at timestamptz not null,
            ended_at timestamptz  -- none: it lasts, or lasted, until it expires
        );
        create index on admin_impersonations (admin_id, expires_at);
        create index on admin_impersonations (tenant_id);
        alter table user_sessions add column impersonated_by text;  -- the admin's name; none: the user's own
        create index user_sessions_impersonated on user_sessions (tenant_id) where impersonated_by is not null;
    """)
    tenant_table("admin_impersonations")
    op.execute("""
        -- A tenant's functions read them, and note the end; only admins' make them.
        revoke insert, update, delete on admin_impersonations from app;
        grant update (ended_at) on admin_impersonations to app;

        -- An admin's session takes along what he does in others' names, whoever ends it and why.
        create function end_impersonations() returns trigger language plpgsql as $$
        begin
            update user_sessions set revoked_at = new.revoked_at where revoked_at is null and id in (
                select id from admin_impersonations where admin_id = new.admin_id and session_id = new.id);
            return null;
        end $$;
        create trigger end_impersonations after update of revoked_at on admin_sessions for each row
            when (old.revoked_at is null and new.revoked_at is not null) execute function end_impersonations();

        -- And a session in a user's name, whoever ends it, notes when.
        create function note_end_of_impersonation() returns trigger language plpgsql as $$
        begin
            update admin_impersonations set ended_at = new.revoked_at where id = new.id and expires_at > new.revoked_at;
            return null;
        end $$;
        create trigger note_end_of_impersonation after update of revoked_at on user_sessions for each row
            when (new.impersonated_by is not null and old.revoked_at is null and new.revoked_at is not null)
            execute function note_end_of_impersonation();
    """)


def downgrade() -> None:
    op.execute("""
        drop trigger note_end_of_impersonation on user_sessions;
        drop function note_end_of_impersonation();
        drop trigger end_impersonations on admin_sessions;
        drop function end_impersonations();
        delete from user_sessions where impersonated_by is not null;
        alter table user_sessions drop column impersonated_by;
        drop table admin_impersonations;
    """)
