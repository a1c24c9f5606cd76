"""Statements of the sweep: tickets of which something is due to be told, and telling it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Insert, cast, false, func, select

from shared.core import query
from shared.core.tables import Rows, outbox, recordset
from shared.domains.support.rows.sla import AnyDueRow, DueRow
from shared.domains.support.rows.tickets import Json
from shared.domains.support.tables import support_tickets

MARKED = "level", "escalated_at", "breached", "raised", "sweep_at"


@query.one(AnyDueRow)
def something_due(*, now: datetime) -> Rows:
    """By a function, whose plan PostgreSQL keeps: to plan it takes longer than to look."""
    return select(func.coalesce(func.sla_sweep_is_due(now), false()).label("due"))


@query.all_(DueRow)
def take_due(*, now: datetime, limit: int) -> Rows:
    """Those that wait longest, locked; what another sweep has locked is left to it."""
    due = select(*(support_tickets.c[name] for name in DueRow._fields)).where(support_tickets.c.sweep_at <= now)
    return due.order_by(support_tickets.c.sweep_at).limit(limit).with_for_update(skip_locked=True, key_share=True)


@query.later
def tell(*, tickets: list[Json], events: list[Json], now: datetime) -> Insert:
    """Mark the tickets and announce the events in one statement: neither is there without the other."""
    return told(MARKED, tickets, events, now)


def told(names: tuple[str, ...], tickets: Any, events: Any, now: Any) -> Insert:
    """Part of a statement's building: `tickets` have an `id` and what shall be in these columns of it; `events` an
    `id`, the `tenant_id`, a `name` and the `event`."""
    given = recordset(tickets, *(support_tickets.c[name] for name in ("id", *names)))
    changed = support_tickets.update().where(support_tickets.c.id == given.c.id)
    written = changed.values({name: given.c[name] for name in names}).cte("written")
    rows = recordset(events, *(outbox.c[name] for name in ("id", "tenant_id", "name", "event")), name="announced")
    every = select(*rows.c, cast(now, outbox.c.created_at.type)).add_cte(written)
    return outbox.insert().from_select(["id", "tenant_id", "name", "event", "created_at"], every)
