"""How the promises of a ticket stand, judged by the database: as state_of in service/clocks.py."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, case, false, func

from shared.domains.support.rules.deadlines import State
from shared.domains.support.tables import support_tickets

runs = support_tickets.c.resolved_at.is_(None) & support_tickets.c.closed_at.is_(None)
ended_at = func.coalesce(support_tickets.c.resolved_at, support_tickets.c.closed_at)


def state(now: Any, says: Callable[[State], Any]) -> ColumnElement[Any]:
    """That of the most urgent clock, in the words of `says`."""
    return case(
        (support_tickets.c.ended_late, says("breached")),
        (ended_at.is_not(None), says("met")),
        (support_tickets.c.due_at.is_(None), says("paused")),
        (support_tickets.c.due_at <= now, says("breached")),
        (support_tickets.c.critical_at <= now, says("critical")),
        (support_tickets.c.warning_at <= now, says("warning")),
        else_=says("ok"),
    )


def is_late(now: Any) -> ColumnElement[bool]:
    """Whether a promise was broken, also where nobody has noticed yet."""
    return support_tickets.c.breached | func.coalesce(support_tickets.c.due_at <= now, false())
