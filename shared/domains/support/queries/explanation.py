"""Statements that tell how promises stand: of one ticket, and of all that are open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from shared.core import query
from shared.core.tables import Rows, listed, one_of
from shared.domains.support.queries.messages import seen
from shared.domains.support.queries.states import runs, state
from shared.domains.support.queries.tickets import pauses
from shared.domains.support.rows.sla import ExplainedRow, StatusRow
from shared.domains.support.rows.tickets import Desk
from shared.domains.support.rules.escalation import BY_URGENCY
from shared.domains.support.tables import support_tickets

SHOWN = (
    "id", "tenant_id", "number", "subject", "category", "priority", "status", "assigned_to", "created_at", "level",
)  # fmt: skip


@query.maybe(ExplainedRow)
def ticket_to_explain(*, id: UUID, requester: UUID | None, desk: Desk | None) -> Rows:
    shown = (pauses().label(name) if name == "pauses" else support_tickets.c[name] for name in ExplainedRow._fields)
    return select(*shown).where(support_tickets.c.id == id, *seen(requester, desk))


@query.one(StatusRow)
def sla_status(
    *, desk: Desk | None, ranks: list[int], agent: UUID | None, now: datetime, limit: int, offset: int
) -> Rows:
    """Ranks are places in BY_URGENCY, of the worst clock that runs."""
    rank, due = state(now, BY_URGENCY.index).label("rank"), support_tickets.c.due_at.label("due")
    ranked = (
        select(support_tickets.c.id, support_tickets.c.assigned_to, rank, due)
        .where(runs, *seen(None, desk))
        .cte("ranked")
    )
    counted = select(ranked.c.rank, func.count().label("tickets")).group_by(ranked.c.rank).subquery("counted")
    counts = select(func.jsonb_object_agg(counted.c.rank, counted.c.tickets, type_=JSONB)).scalar_subquery()
    wanted = select(ranked.c.id, ranked.c.rank, ranked.c.due).where(one_of(ranked.c.rank, ranks))
    if agent is not None:
        wanted = wanted.where(ranked.c.assigned_to == agent)
    page = wanted.order_by(*_worst_first(ranked)).limit(limit).offset(offset).subquery("page")
    place = func.row_number().over(order_by=_worst_first(page)).label("place")
    breached = or_(support_tickets.c.breached, page.c.rank == BY_URGENCY.index("breached")).label("breached")
    shown = *(support_tickets.c[name] for name in SHOWN), page.c.rank, page.c.due, place, breached
    tickets = select(*shown).join_from(page, support_tickets, support_tickets.c.id == page.c.id)
    none: ColumnElement[Any] = literal_column("'{}'::jsonb")
    return select(func.coalesce(counts, none, type_=JSONB).label("counts"), listed(tickets, "place").label("tickets"))


def _worst_first(rows: Any) -> list[ColumnElement[Any]]:
    return [rows.c.rank.desc(), rows.c.due.asc().nulls_last(), rows.c.id]
