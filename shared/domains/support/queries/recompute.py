"""Statements on open tickets that were promised something else than what is promised now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Insert, func, select
from sqlalchemy.dialects.postgresql import JSONB

from shared.core import query
from shared.core.tables import Rows, one_of
from shared.domains.support.queries.states import runs
from shared.domains.support.queries.sweep import MARKED, told
from shared.domains.support.queries.tickets import pauses, promised
from shared.domains.support.rows.sla import ChangedRow, TicketIdRow
from shared.domains.support.rows.tickets import Json
from shared.domains.support.rules.escalation import BREACHES
from shared.domains.support.tables import support_tickets

TURN = 7_315_264  # of the advisory lock: any number that nothing else takes
MOMENTS = ("warning_at", "critical_at", "due")
CLOCKS = tuple(f"{cause}_{name}" for cause in BREACHES for name in MOMENTS)
REWRITTEN = ("terms", "first_terms", *CLOCKS, "slow_due", "returns_at", *MARKED)

current = promised(support_tickets.c.priority, support_tickets.c.category)


@query.later
def wait_for_turn() -> Rows:
    """One slice after the other, to the end of the transaction: a later one reads what an earlier one wrote."""
    return select(func.pg_advisory_xact_lock(TURN))


@query.all_(TicketIdRow)
def lock_outdated(*, defaults: Json, after: UUID | None, limit: int) -> Rows:
    """The next ones by id. `defaults` has, by priority, what is promised where no rule is."""
    promise = func.coalesce(current, func.jsonb_extract_path(defaults, support_tickets.c.priority, type_=JSONB))
    found = select(support_tickets.c.id).where(runs, support_tickets.c.terms != promise)
    if after is not None:
        found = found.where(support_tickets.c.id > after)
    return found.order_by(support_tickets.c.id).limit(limit).with_for_update(key_share=True)


@query.all_(ChangedRow)
def tickets_to_recompute(*, ids: list[UUID]) -> Rows:
    """Once they are locked; with the rule for each."""
    beside = {"pauses": pauses(), "rule": current}
    shown = (beside[name].label(name) if name in beside else support_tickets.c[name] for name in ChangedRow._fields)
    return select(*shown).where(one_of(support_tickets.c.id, ids))


@query.later
def rewrite(*, tickets: list[Json], events: list[Json], now: datetime) -> Insert:
    """With the events of what had come due before."""
    return told(REWRITTEN, tickets, events, now)
