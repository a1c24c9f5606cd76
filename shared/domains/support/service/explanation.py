"""The promises of a ticket explained as they are at this moment, and how those of all open tickets stand."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast, get_args
from uuid import UUID

from shared.core.call import Call
from shared.domains.support.errors import TicketNotFound
from shared.domains.support.queries import explanation as queries
from shared.domains.support.rows.sla import ExplainedRow
from shared.domains.support.rows.tickets import Json, TicketRow
from shared.domains.support.rules.deadlines import clock
from shared.domains.support.rules.escalation import BY_URGENCY, ticket_state
from shared.domains.support.rules.terms import Terms, calendar_of
from shared.domains.support.schemas.explanation import (
    RunningState,
    SlaClock,
    SlaCounts,
    SlaExplanation,
    SlaInterval,
    SlaStatus,
    SlaStatusTicket,
)
from shared.domains.support.service import access, clocks


def explain(call: Call, ticket_id: UUID) -> SlaExplanation:
    """TicketNotFound. Worked out anew from what the ticket was promised and what happened to it."""
    row = queries.ticket_to_explain(
        call.connection, id=ticket_id, requester=access.requester(call), desk=access.desk(call)
    )
    if row is None:
        raise TicketNotFound
    ended, waits = row.resolved_at or row.closed_at, row.next_response_since
    of_first, now = row.first_terms or row.terms, call.now
    first = _clock(row, "first_response", of_first, row.created_at, now, row.first_response_at or ended)
    next_ = _clock(row, "first_response", row.terms, waits, now, None) if waits else None
    resolution = _clock(row, "resolution", row.terms, row.created_at, now, ended)
    every = [found for found in (first, next_, resolution) if found]
    return SlaExplanation(
        ticket_id=row.id,
        number=row.number,
        status=cast(Any, row.status),
        state=_worst(every, breached=row.breached),
        breached=row.breached or any(found.state == "breached" for found in every),
        level=row.level,
        pauses_on_waiting_user=row.terms["pauses_on_waiting_user"],
        first_response=first,
        next_response=next_,
        resolution=resolution,
    )


def sla_status(call: Call, *, state: RunningState | None, assigned_to: UUID | None, page: int, limit: int) -> SlaStatus:
    """Of the open tickets that the admin sees."""
    found = queries.sla_status(
        call.connection,
        desk=access.desk(call),
        ranks=[BY_URGENCY.index(each) for each in ([state] if state else get_args(RunningState))],
        agent=assigned_to,
        now=call.now,
        limit=limit + 1,
        offset=limit * (page - 1),
    )
    return SlaStatus(
        counts=SlaCounts.model_validate({BY_URGENCY[int(rank)]: count for rank, count in found.counts.items()}),
        items=[
            SlaStatusTicket.model_validate(ticket | {"state": BY_URGENCY[ticket["rank"]]})
            for ticket in found.tickets[:limit]
        ],
        next_page=page + 1 if len(found.tickets) > limit else None,
    )


def _worst(every: Sequence[SlaClock], *, breached: bool) -> Any:
    """As state_of in clocks.py, of what is stored."""
    ended = ["breached" if breached else "met", *(found.state for found in every if found.ended_at)]
    return ticket_state([found.state for found in every if not found.ended_at], cast(Any, ended))


def _clock(
    row: ExplainedRow, target: str, terms: Json, starts: datetime, now: datetime, ended_at: datetime | None
) -> SlaClock:
    calendar = calendar_of(cast(Terms, terms))
    pauses = clocks.counted_pauses(TicketRow.new(terms=terms, pauses=row.pauses))
    found = clock(
        calendar,
        starts,
        terms[target],
        now,
        ended_at=ended_at,
        pauses=[pause for pause in pauses if ended_at is None or pause.starts < ended_at],
    )
    intervals = [
        SlaInterval.model_validate(interval._asdict() | {"counted_minutes": _minutes(interval.counted)})
        for interval in found.intervals
    ]
    return SlaClock(
        **found.deadline._asdict(),
        state=found.state,
        target_minutes=terms[target],
        time_zone=calendar.zone.key,
        started_at=starts,
        ended_at=ended_at,
        elapsed_minutes=_minutes(found.elapsed),
        remaining_minutes=_minutes(found.remaining),
        intervals=intervals,
    )


def _minutes(amount: timedelta) -> float:
    return round(amount / timedelta(minutes=1), 2)
