"""A ticket is found by the words of all that is public in it together; and a rating by staff is not the requester's."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute("""
        alter table support_tickets add column rated_by_staff boolean;
        update support_tickets set rated_by_staff = false;
        alter table support_tickets alter column rated_by_staff set not null;
        alter table support_tickets alter column words drop expression;
        drop index support_messages_words;
        alter table support_messages drop column words;

        create function ticket_words() returns trigger language plpgsql as $$
        begin
            new.words = to_tsvector('english', new.number || ' ' || new.subject || ' ' || new.description);
            return new;
        end $$;
        create trigger words before insert on support_tickets for each row execute function ticket_words();

        -- A tsvector takes a megabyte and no more. What is said after a tenth of it is not found by its words.
        create function message_words() returns trigger language plpgsql as $$
        begin
            update support_tickets set words = words || to_tsvector('english', new.message)
            where id = new.ticket_id and octet_length(tsvectorsend(words)) < 100000;
            return null;
        end $$;
        create trigger words after insert on support_messages for each row when (not new.is_internal)
            execute function message_words();

        update support_tickets set words = words || to_tsvector('english', said) from (
            select ticket_id, left(string_agg(message, ' ' order by created_at, id), 100000) as said
            from support_messages where not is_internal group by ticket_id
        ) messages where ticket_id = support_tickets.id;
    """)


def downgrade() -> None:
    op.execute("""
        drop trigger words on support_messages;
        drop trigger words on support_tickets;
        drop function message_words, ticket_words;
        alter table support_tickets drop column words, drop column rated_by_staff;
        alter table support_tickets add column words tsvector generated always as
            (to_tsvector('english', number || ' ' || subject || ' ' || description)) stored;
        create index support_tickets_words on support_tickets using gin (words);
        alter table support_messages
            add column words tsvector generated always as (to_tsvector('english', message)) stored;
        create index support_messages_words on support_messages using gin (words) where not is_internal;
    """)
