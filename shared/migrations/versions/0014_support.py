"""The support desk: tickets and what belongs to them, promises and calendars, agents, preferences of who gets mail."""

from alembic import op

from shared.migrations.tenancy import MINE, tenant_table

revision = "0014"
down_revision = "0013"

NOBODYS = "false"  # of a tenant's functions, as in migration 0009
EVERYBODYS = "true"  # read by everybody's functions, written by admins' alone
PUBLIC = f"{MINE} and not is_internal"  # what is between the platform's people no tenant's function can read


def upgrade() -> None:
    op.execute("""
        create table support_calendars (
            id uuid primary key, name text not null constraint support_calendars_name_key unique,
            time_zone text not null, hours jsonb not null, holidays jsonb not null,
            created_at timestamptz not null, updated_at timestamptz not null
        );
        -- Of a priority, and of one category of it or of all that have no rule of their own. Minutes of business time.
        create table sla_rules (
            id uuid primary key, priority text not null check (priority in ('low', 'medium', 'high', 'urgent')),
            category text, first_response integer not null, resolution integer not null,
            escalate_after integer not null, pauses_on_waiting_user boolean not null,
            calendar_id uuid references support_calendars, return_after integer, close_after_days integer not null,
            created_at timestamptz not null, updated_at timestamptz not null,
            constraint sla_rules_of_key unique nulls not distinct (priority, category),
            check (first_response > 0 and escalate_after > 0 and resolution > 0 and close_after_days > 0),
            check (return_after > 0)
        );
        create index on sla_rules (calendar_id);
        create table support_agents (
            admin_id uuid primary key references admins on delete cascade,
            state text not null check (state in ('online', 'away', 'busy', 'offline')), expertise text[] not null,
            capacity integer not null check (capacity > 0),
            home_tenant_id uuid references tenants on delete set null,  -- there for one tenant first
            last_assigned_at timestamptz, created_at timestamptz not null, updated_at timestamptz not null
        );
        create index on support_agents (home_tenant_id);
        -- `*` is every category without a row of its own, and the row that who assigns locks.
        create table support_assignment_rules (
            category text primary key, turn uuid, updated_at timestamptz,
            strategy text not null check (strategy in ('round_robin', 'least_busy', 'expertise_match', 'hybrid'))
        );
        insert into support_assignment_rules (category, strategy) values ('*', 'hybrid');
        create table support_canned_responses (
            id uuid primary key, title text not null constraint support_canned_responses_title_key unique,
            body text not null, category text, created_by uuid not null, created_at timestamptz not null,
            updated_at timestamptz not null
        );

        create table support_counters (
            tenant_id uuid not null references tenants on delete cascade, year integer not null,
            last_number integer not null, primary key (tenant_id, year)
        );
        -- People are only named: when they leave, the tenant keeps its tickets. Of each clock there are the moments at
        -- which it warns, warns again and is due; null: no clock runs, or not before a pause ends. `terms` is what the
        -- ticket was promised, `raised` what has been told of already, `sweep_at` the next moment there is to tell of.
        create table support_tickets (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade, number text not null,
            user_id uuid not null, opened_by uuid, subject text not null, description text not null,
            category text not null, priority text not null check (priority in ('low', 'medium', 'high', 'urgent')),
            status text not null check (status in ('open', 'in_progress', 'waiting_user', 'resolved', 'closed')),
            tags text[] not null, assigned_to uuid, assigned_at timestamptz, returned_by uuid, silent_since timestamptz,
            created_at timestamptz not null, updated_at timestamptz not null,
            first_response_at timestamptz, next_response_since timestamptz,
            resolved_at timestamptz, resolved_by uuid, closed_at timestamptz, closed_by uuid, resolution_note text,
            reopened integer not null,
            terms jsonb not null, first_terms jsonb,
            first_response_warning_at timestamptz, first_response_critical_at timestamptz,
            first_response_due timestamptz,
            next_response_warning_at timestamptz, next_response_critical_at timestamptz, next_response_due timestamptz,
            resolution_warning_at timestamptz, resolution_critical_at timestamptz, resolution_due timestamptz,
            slow_due timestamptz,
            breached boolean not null, level integer not null, escalated_at timestamptz, raised text[] not null,
            sweep_at timestamptz, returns_at timestamptz, closes_at timestamptz,
            survey_digest bytea, rating smallint check (rating between 1 and 5), feedback text, rated_at timestamptz,
            words tsvector generated always as
                (to_tsvector('english', number || ' ' || subject || ' ' || description)) stored,
            constraint support_tickets_number_key unique (tenant_id, number), unique (tenant_id, id)
        );
        create index on support_tickets (tenant_id, created_at desc, id desc);
        create index on support_tickets (tenant_id, user_id, created_at desc, id desc);
        create index on support_tickets (created_at desc, id desc);
        create index on support_tickets (assigned_to, created_at desc, id desc) where assigned_to is not null;
        create index support_tickets_breached on support_tickets (created_at desc, id desc) where breached;
        create index support_tickets_to_assign on support_tickets
            (array_position(array['urgent', 'high', 'medium', 'low'], priority), created_at, id)
            where assigned_to is null and resolved_at is null and closed_at is null;
        create index support_tickets_at_work on support_tickets (assigned_to)
            where assigned_to is not null and resolved_at is null and closed_at is null;
        create index support_tickets_open on support_tickets (id) where resolved_at is null and closed_at is null;
        create index support_tickets_ended on support_tickets (coalesce(resolved_at, closed_at))
            where coalesce(resolved_at, closed_at) is not null;
        create index support_tickets_to_sweep on support_tickets (sweep_at) where sweep_at is not null;
        create index support_tickets_to_return on support_tickets (returns_at) where returns_at is not null;
        create index support_tickets_to_close on support_tickets (closes_at) where closes_at is not null;
        -- Partial, so that a new digest is no new key, which would wait for each message that is being written.
        create unique index support_tickets_survey_key on support_tickets (survey_digest)
            where survey_digest is not null;
        create index support_tickets_words on support_tickets using gin (words);

        create table support_messages (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade, ticket_id uuid not null,
            sender text not null check (sender in ('user', 'support', 'system')), sender_id uuid, sender_name text,
            message text not null, is_internal boolean not null, created_at timestamptz not null,
            words tsvector generated always as (to_tsvector('english', message)) stored,
            unique (tenant_id, id),
            foreign key (tenant_id, ticket_id) references support_tickets (tenant_id, id) on delete cascade
        );
        create index on support_messages (ticket_id, created_at, id);
        create index support_messages_words on support_messages using gin (words) where not is_internal;
        create table support_pauses (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade, ticket_id uuid not null,
            starts timestamptz not null, ends timestamptz, cause text not null,
            foreign key (tenant_id, ticket_id) references support_tickets (tenant_id, id) on delete cascade
        );
        create index on support_pauses (ticket_id);
        create unique index support_pauses_standing_key on support_pauses (ticket_id) where ends is null;
        -- An agent's file is internal until it is in a public message.
        create table support_attachments (
            id uuid primary key, tenant_id uuid not null references tenants on delete cascade, ticket_id uuid not null,
            message_id uuid, uploaded_by uuid not null, is_internal boolean not null, filename text not null,
            content_type text not null, size bigint not null, state text not null
                check (state in ('uploading', 'ready', 'refused')),
            reason text, created_at timestamptz not null, judged_at timestamptz,
            foreign key (tenant_id, ticket_id) references support_tickets (tenant_id, id) on delete cascade,
            foreign key (tenant_id, message_id) references support_messages (tenant_id, id)
        );
        create index on support_attachments (ticket_id);
        create index on support_attachments (message_id);
        create index support_attachments_uploading on support_attachments (created_at) where state = 'uploading';

        create table notification_preferences (
            user_id uuid not null references users on delete cascade, event text not null,
            tenant_id uuid not null references tenants on delete cascade, email boolean not null,
            updated_at timestamptz not null, primary key (user_id, event)
        );
        create index on notification_preferences (tenant_id);
    """)
    tenant_table("support_counters", "support_tickets", "support_pauses", "notification_preferences")
    tenant_table("support_messages", "support_attachments", admits=PUBLIC)
    tenant_table("support_agents", "support_assignment_rules", "support_canned_responses", admits=NOBODYS)
    tenant_table("sla_rules", "support_calendars", admits=EVERYBODYS)
    op.execute("revoke insert, update, delete on sla_rules, support_calendars from app")
    op.execute(TAKE_ALONG.format(more=PREFERENCES))
    op.execute(TABLE_LINES.format(types="'bytea'::regtype, 'bytea[]'::regtype, 'tsvector'::regtype"))


TAKE_ALONG = """
        -- See migration 0006.
        create or replace function take_along() returns trigger language plpgsql as $$
        begin
            update two_factor_auth set tenant_id = new.tenant_id where user_id = new.user_id;
            update two_factor_logs set tenant_id = new.tenant_id where user_id = new.user_id;
            update mfa_challenges set tenant_id = new.tenant_id where user_id = new.user_id;
            update email_tokens set tenant_id = new.tenant_id
            where user_id = new.user_id and purpose <> 'reopen_tenant';{more}
            return null;
        end $$;
"""
PREFERENCES = """
            update notification_preferences set tenant_id = new.tenant_id where user_id = new.user_id;"""

TABLE_LINES = """
        -- See migration 0008. Neither columns of bytes nor the words of a text are in a line.
        create or replace function table_lines(source text, without text[], after text, most bigint)
        returns table (line text) language plpgsql stable as $$
        declare key text;
        begin
            select string_agg(quote_ident(attname), ', ' order by array_position(indkey::int[], attnum::int)) into key
            from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
            where indrelid = source::regclass and indisprimary;
            select without || array_agg(attname::text) into without from pg_attribute
            where attrelid = source::regclass and atttypid in ({types}) and attnum > 0;
            return query execute format(
                'select (to_jsonb(found) - $1)::text from %1$I as found
                where $2 = '''' or (%2$s) > (
                    select %2$s from jsonb_populate_record(null::%1$I, nullif($2, '''')::jsonb))
                order by %2$s limit $3', source, key) using without, after, most;
        end $$;
"""


def downgrade() -> None:
    op.execute(TABLE_LINES.format(types="'bytea'::regtype, 'bytea[]'::regtype"))
    op.execute(TAKE_ALONG.format(more=""))
    op.execute("""
        drop table notification_preferences, support_attachments, support_pauses, support_messages, support_tickets,
            support_counters, support_canned_responses, support_assignment_rules, support_agents, sla_rules,
            support_calendars;
    """)
