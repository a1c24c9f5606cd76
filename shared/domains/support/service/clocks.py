"""The stored clocks of a ticket: everything that follows from what happened to it, worked out at each write.

Pure functions of a ticket's row. Whoever changes a ticket has it locked (see changes.py), and notices first which
promise was broken meanwhile: so each breach and each level is told of once, by a writer or by the sweep.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from shared.domains.support.events import SlaBreached, TicketEscalated, TicketEvent
from shared.domains.support.rows.tickets import Json, ShownRow, TicketRow
from shared.domains.support.rules.deadlines import Deadline, Pause, State, deadline, state
from shared.domains.support.rules.escalation import BREACHES, Cause, escalations, ticket_state
from shared.domains.support.rules.terms import Terms, calendar_of, default_terms, returns_at
from shared.domains.support.rules.tickets import ENDED, Priority

NO_DEADLINE = Deadline(None, None, None)


def recomputed(ticket: TicketRow, now: datetime) -> TicketRow:
    """With its clocks as they follow from its state, promises and pauses; that of a given answer stays as it was.

    What was told of and is still to come, as the promises are others, is told of again.
    """
    terms = cast(Terms, ticket.terms)
    calendar, pauses = calendar_of(terms), counted_pauses(ticket)
    found: dict[str, Any] = {}
    if ticket.first_response_at is None:
        first = deadline(calendar, ticket.created_at, terms["first_response"], pauses)
        found |= _columns("first_response", first)
    found |= _columns("resolution", deadline(calendar, ticket.created_at, terms["resolution"], pauses))
    found["slow_due"] = deadline(calendar, ticket.created_at, terms["escalate_after"], pauses).due
    waits = ticket.next_response_since
    found |= _columns(
        "next_response", deadline(calendar, waits, terms["first_response"], pauses) if waits else NO_DEADLINE
    )
    found["returns_at"] = returns_at(terms, ticket.silent_since)
    resolved = ticket.resolved_at if ticket.status == "resolved" else None
    found["closes_at"] = resolved + timedelta(days=terms["close_after_days"]) if resolved else None
    ticket = ticket._replace(**found)
    moments = _moments(ticket)
    raised = [name for name in ticket.raised if (at := moments.get(name)) is None or at <= now]
    ticket = ticket._replace(raised=raised)
    return ticket._replace(sweep_at=next_sweep(ticket))


def promised(ticket: TicketRow, terms: Json) -> TicketRow:
    """With other promises; an answer that was given keeps what it had been promised by."""
    first = ticket.first_terms or (ticket.terms if ticket.first_response_at else None)
    return ticket._replace(terms=terms, first_terms=first)


def promised_anew(ticket: TicketRow) -> TicketRow:
    """As a new one of its priority and category would be."""
    return promised(ticket, ticket.rule or dict(default_terms(cast(Priority, ticket.priority))))


def noticed(ticket: TicketRow, now: datetime) -> tuple[TicketRow, list[TicketEvent]]:
    """With what has come due by now, and the events that tell of it."""
    events: list[TicketEvent] = []
    known = {"ticket_id": ticket.id, "number": ticket.number}
    for found in escalations(
        {**due(ticket), **slow(ticket)}, now, level=ticket.level, raised=cast(list[Cause], ticket.raised)
    ):
        if found.cause in BREACHES:
            events.append(SlaBreached(**known, cause=found.cause, due=found.at))
        events.append(TicketEscalated(**known, cause=found.cause, level=found.level, to=found.to, at=found.at))
        ticket = ticket._replace(
            breached=ticket.breached or found.cause in BREACHES,
            level=found.level,
            escalated_at=found.at,
            raised=[*ticket.raised, found.cause],
        )
    return ticket, events


def due(ticket: TicketRow | ShownRow) -> Mapping[Cause, datetime | None]:
    """When each promise that can still be broken is."""
    if has_ended(ticket):
        return {}
    found: dict[Cause, datetime | None] = {"resolution": ticket.resolution_due}
    if ticket.first_response_at is None:
        found["first_response"] = ticket.first_response_due
    if ticket.next_response_since:
        found["next_response"] = ticket.next_response_due
    return found


def slow(ticket: TicketRow) -> Mapping[Cause, datetime | None]:
    """When its level goes up although nothing is broken yet."""
    return {} if has_ended(ticket) else {"slow": ticket.slow_due}


def next_sweep(ticket: TicketRow) -> datetime | None:
    """The next moment that is to be told of."""
    moments = _moments(ticket).items()
    return min((at for name, at in moments if at is not None and name not in ticket.raised), default=None)


def is_late(ticket: TicketRow | ShownRow, now: datetime) -> bool:
    """Whether a promise was broken, also where nobody has noticed yet."""
    moments = (at for cause, at in due(ticket).items() if cause in BREACHES)
    return ticket.breached or any(at is not None and at <= now for at in moments)


def counted_pauses(ticket: TicketRow) -> list[Pause]:
    """Those that its clocks stand still for."""
    pauses = ticket.terms["pauses_on_waiting_user"]
    return [read_pause(found) for found in ticket.pauses if pauses or found["cause"] != "waiting_user"]


def read_pause(found: Json) -> Pause:
    ends = found["ends"]
    return Pause(
        datetime.fromisoformat(found["starts"]), datetime.fromisoformat(ends) if ends else None, found["cause"]
    )


def has_ended(ticket: TicketRow | ShownRow) -> bool:
    """Resolved, and so perhaps re-opened, or closed."""
    return ticket.status in ENDED


def state_of(ticket: TicketRow | ShownRow, now: datetime) -> State:
    """`sla.state` as it is now, from what is stored: of a list's ticket at the cost of some comparisons."""
    ended = (ticket.resolved_at or ticket.closed_at) if has_ended(ticket) else None
    first = _state(ticket, "first_response", now, ticket.first_response_at or ended)
    resolution = _state(ticket, "resolution", now, ended)
    if ended:
        return ticket_state([], ["breached" if ticket.breached else "met", first, resolution])
    running = [resolution]
    if ticket.first_response_at is None:
        running.append(first)
    if ticket.next_response_since:
        running.append(_state(ticket, "next_response", now, None))
    return ticket_state(running)


def _moments(ticket: TicketRow) -> dict[str, datetime | None]:
    """When each cause comes about, and each warning of it: `<cause>_warning`, `<cause>_critical`."""
    moments = {f"{cause}": at for cause, at in {**due(ticket), **slow(ticket)}.items()}
    for cause in BREACHES:
        if moments.get(cause):  # it runs
            moments |= {f"{cause}_{kind}": getattr(ticket, f"{cause}_{kind}_at") for kind in ("warning", "critical")}
    return moments


def _state(ticket: TicketRow | ShownRow, cause: Cause, now: datetime, ended_at: datetime | None) -> State:
    found = Deadline(*(getattr(ticket, f"{cause}_{name}") for name in ("warning_at", "critical_at", "due")))
    return state(found, now, ended_at=ended_at, paused=found.due is None)


def _columns(cause: Cause, found: Deadline) -> dict[str, datetime | None]:
    """Of a clock that stands still, none."""
    stored = found if found.due else NO_DEADLINE
    return {f"{cause}_{name}": moment for name, moment in stored._asdict().items()}
