"""Statements by which what was resolved is closed, once nobody has answered for long enough."""

from datetime import datetime

from sqlalchemy import (
    DateTime,
    Insert,
    Update,
    cast,
    false,
    literal,
    select,
)

from shared.core import query
from shared.core.tables import recordset
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
    found = recordset(given, *(support_messages.c[name] for name in named))
    values = select(*(found.c[name] for name in named), literal("system"), false(), cast(now, DateTime(timezone=True)))
    return support_messages.insert().from_select([*named, "sender", "is_internal", "created_at"], values)
