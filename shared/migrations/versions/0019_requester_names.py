"""A ticket keeps its requester's name: to be read with it, and still when he has left."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("""
        alter table support_tickets add column requester_name text;
        update support_tickets
        set requester_name = coalesce((select full_name from users where id = support_tickets.user_id), '');
        alter table support_tickets alter column requester_name set not null;

        create function name_requester() returns trigger language plpgsql as $$
        begin
            update support_tickets set requester_name = new.full_name
            where user_id = new.id and tenant_id = (select tenant_id from tenant_users where user_id = new.id);
            return null;
        end $$;
        create trigger name_requester after update of full_name on users for each row
            when (new.full_name <> old.full_name) execute function name_requester();
    """)


def downgrade() -> None:
    op.execute("""
        drop trigger name_requester on users;
        drop function name_requester;
        alter table support_tickets drop column requester_name;
    """)
