"""Statements by which what was resolved is closed, once nobody has answered for long enough."""

from datetime import datetime

from sqlalchemy import (
    DateTime,
    Insert,
    Update,
    cast,
    column,
    false,
    func,
    literal,
    select,
)

from shared.core import query
from shared.domains.support.rows.agents import ClosedRow
from shared.domains.support.rows.tickets import Json
from shared.domains.support.tables import support_messages, support_tickets

tickets = support_tickets.c


@query.all_(ClosedRow)
def close_resolved(*, now: datetime, limit: int) -> Update:
    """The oldest first; those that somebody is changing come another time."""
    due = select(tickets.id).where(tickets.closes_at <= now).order_by(tickets.closes_at).limit(limit)
    locked = due.with_for_update(key_share=True, skip_locked=True)
    changed = support_tickets.update().where(tickets.id.in_(locked))
    closed = changed.values(status="closed", closed_at=now, closes_at=None, updated_at=now)
    return closed.returning(*(tickets[name] for name in ClosedRow._fields))


@query.later
def add_system_messages(*, given: list[Json], now: datetime) -> Insert:
    """Each has id, tenant_id, ticket_id and message."""
    named = ("id", "tenant_id", "ticket_id", "message")
    rows = func.jsonb_to_recordset(given).table_valued(*(column(name, support_messages.c[name].type) for name in named))
    found = rows.render_derived(name="given", with_types=True)
    values = select(*(found.c[name] for name in named), literal("system"), false(), cast(now, DateTime(timezone=True)))
    return support_messages.insert().from_select([*named, "sender", "is_internal", "created_at"], values)
