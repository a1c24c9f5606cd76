"""Tables of the support desk: tickets with their messages, pauses and files; promises, agents, preferences."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
    column,
    table,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

from shared.core.tables import metadata


def _moment(name: str) -> Column[Any]:
    return Column(name, DateTime(timezone=True))


support_tickets = Table(
    "support_tickets",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("number", Text),
    Column("user_id", Uuid),  # who asks
    Column("requester_name", Text),  # follows his: see migration 0019
    Column("opened_by", Uuid),  # the admin or colleague who wrote it for him
    Column("subject", Text),
    Column("description", Text),
    Column("category", Text),
    Column("priority", Text),
    Column("status", Text),
    Column("tags", ARRAY(Text)),
    Column("assigned_to", Uuid),
    _moment("assigned_at"),
    Column("returned_by", Uuid),  # who had it before it came back into the queue
    _moment("silent_since"),  # since when it is the assignee's turn
    _moment("created_at"),
    _moment("updated_at"),
    _moment("first_response_at"),
    _moment("next_response_since"),  # the oldest message of the requester that is not answered
    _moment("resolved_at"),
    Column("resolved_by", Uuid),
    _moment("closed_at"),
    Column("closed_by", Uuid),
    Column("resolution_note", Text),
    Column("reopened", Integer),  # how often
    Column("terms", JSONB),  # what it was promised: rules/terms.py
    Column("first_terms", JSONB),  # of the first response that was given, where the terms have changed since
    _moment("first_response_warning_at"),
    _moment("first_response_critical_at"),
    _moment("first_response_due"),
    _moment("next_response_warning_at"),
    _moment("next_response_critical_at"),
    _moment("next_response_due"),
    _moment("resolution_warning_at"),
    _moment("resolution_critical_at"),
    _moment("resolution_due"),
    _moment("slow_due"),
    Column("breached", Boolean),
    Column("level", Integer),
    _moment("escalated_at"),
    Column("raised", ARRAY(Text)),  # causes of escalations, and warnings, each told of once
    _moment("sweep_at"),  # the next moment that is to be told of
    _moment("returns_at"),  # when a silent assignee loses it
    _moment("closes_at"),
    Column("survey_digest", LargeBinary),  # of the secret of the link by which it may be rated
    Column("rating", SmallInteger),
    Column("feedback", Text),
    _moment("rated_at"),
    Column("rated_by_staff", Boolean),
    _moment("warning_at"),  # these four are generated: see migration 0018
    _moment("critical_at"),
    _moment("due_at"),
    Column("ended_late", Boolean),
    Column("words", TSVECTOR),  # of all that is public in it: see migration 0017
)

support_messages = Table(
    "support_messages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("ticket_id", Uuid),
    Column("sender", Text),
    Column("sender_id", Uuid),  # a user or an admin; none of what the system says
    Column("sender_name", Text),
    Column("message", Text),
    Column("is_internal", Boolean),
    _moment("created_at"),
)

support_pauses = Table(
    "support_pauses",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("ticket_id", Uuid),
    _moment("starts"),
    _moment("ends"),  # none: it stands
    Column("cause", Text),
)

support_attachments = Table(
    "support_attachments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("ticket_id", Uuid),
    Column("message_id", Uuid),  # none until a message has it
    Column("uploaded_by", Uuid),
    Column("is_internal", Boolean),
    Column("filename", Text),
    Column("content_type", Text),
    Column("size", BigInteger),
    Column("state", Text),
    Column("reason", Text),  # why it was refused
    _moment("created_at"),
    _moment("judged_at"),
)

support_counters = Table(
    "support_counters",
    metadata,
    Column("tenant_id", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last_number", Integer),
)

support_calendars = Table(
    "support_calendars",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text),
    Column("time_zone", Text),
    Column("hours", JSONB),
    Column("holidays", JSONB),
    _moment("created_at"),
    _moment("updated_at"),
)

sla_rules = Table(
    "sla_rules",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("priority", Text),
    Column("category", Text),  # none: every category without a rule of its own
    Column("first_response", Integer),
    Column("resolution", Integer),
    Column("escalate_after", Integer),
    Column("pauses_on_waiting_user", Boolean),
    Column("calendar_id", Uuid),  # none: always open
    Column("return_after", Integer),  # minutes of silence; none: tickets stay
    Column("close_after_days", Integer),
    _moment("created_at"),
    _moment("updated_at"),
)

support_agents = Table(
    "support_agents",
    metadata,
    Column("admin_id", Uuid, primary_key=True),
    Column("state", Text),
    Column("expertise", ARRAY(Text)),
    Column("capacity", Integer),
    Column("home_tenant_id", Uuid),
    _moment("last_assigned_at"),
    _moment("created_at"),
    _moment("updated_at"),
)

support_assignment_rules = Table(
    "support_assignment_rules",
    metadata,
    Column("category", Text, primary_key=True),  # or *
    Column("strategy", Text),
    Column("turn", Uuid),  # who got the last ticket by round robin
    _moment("updated_at"),
)

support_canned_responses = Table(
    "support_canned_responses",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("title", Text),
    Column("body", Text),
    Column("category", Text),
    Column("created_by", Uuid),
    _moment("created_at"),
    _moment("updated_at"),
)

notification_preferences = Table(
    "notification_preferences",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("event", Text, primary_key=True),
    Column("tenant_id", Uuid),
    Column("email", Boolean),
    _moment("updated_at"),
)

# Whole in identity and admins; only read here, as one statement more would be a round trip more.
tenants = table(
    "tenants", column("id", Uuid), column("name", Text), column("time_zone", Text),
    column("closed_at", DateTime(timezone=True)), column("suspended_at", DateTime(timezone=True)),
)  # fmt: skip
users = table(
    "users", column("id", Uuid), column("email", Text), column("full_name", Text), column("email_verified", Boolean),
    column("disabled_at", DateTime(timezone=True)),
)  # fmt: skip
tenant_users = table("tenant_users", column("tenant_id", Uuid), column("user_id", Uuid), column("role", Text))
admin_sessions = table("admin_sessions", column("admin_id", Uuid), column("last_seen_at", DateTime(timezone=True)))

admins = table(
    "admins",
    column("id", Uuid),
    column("email", Text),
    column("full_name", Text),
    column("role", Text),
    column("granted", ARRAY(Text)),
    column("disabled_at", DateTime(timezone=True)),
)
