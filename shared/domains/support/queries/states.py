"""How the promises of a ticket stand, judged by the database: as state_of in service/clocks.py."""

from collections.abc import Callable
from typing import Any, Literal

from sqlalchemy import ColumnElement, case, false, func, or_

from shared.domains.support.rules.deadlines import State
from shared.domains.support.tables import support_tickets

runs = support_tickets.c.resolved_at.is_(None) & support_tickets.c.closed_at.is_(None)
ended_at = func.coalesce(support_tickets.c.resolved_at, support_tickets.c.closed_at)

_answered = func.coalesce(support_tickets.c.first_response_at, ended_at)
_was_late = or_(
    support_tickets.c.breached,
    _answered >= support_tickets.c.first_response_due,
    ended_at >= support_tickets.c.resolution_due,
)


def earliest(moment: Literal["warning_at", "critical_at", "due"]) -> ColumnElement[Any]:
    """When the first of the clocks that run warns or is due; null where all stand still.

    The columns of a clock are null while it stands still; only those of the first response outlive it.
    """
    waits = support_tickets.c.first_response_at.is_(None)
    of_answer = case((waits, support_tickets.c[f"first_response_{moment}"]))
    return func.least(
        of_answer, support_tickets.c[f"next_response_{moment}"], support_tickets.c[f"resolution_{moment}"]
    )


def running_state(now: Any, says: Callable[[State], Any]) -> ColumnElement[Any]:
    """Of a ticket that has not ended, in the words of `says`."""
    return case(*_running(now, says), else_=says("ok"))


def state(now: Any, says: Callable[[State], Any]) -> ColumnElement[Any]:
    """Of any ticket."""
    ended = (~runs & _was_late, says("breached")), (~runs, says("met"))
    return case(*ended, *_running(now, says), else_=says("ok"))


def is_late(now: Any) -> ColumnElement[bool]:
    """Whether a promise was broken, also where nobody has noticed yet."""
    return support_tickets.c.breached | func.coalesce(runs & (earliest("due") <= now), false())


def _running(now: Any, says: Callable[[State], Any]) -> list[tuple[ColumnElement[bool], Any]]:
    return [
        (earliest("due").is_(None), says("paused")),
        (earliest("due") <= now, says("breached")),
        (earliest("critical_at") <= now, says("critical")),
        (earliest("warning_at") <= now, says("warning")),
    ]
