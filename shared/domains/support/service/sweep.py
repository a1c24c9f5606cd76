"""What comes due without anybody writing: warnings, broken promises, escalations. Each is told once.

A sweep locks the tickets it takes, so that sweeps at once, and whoever changes one, tell of different things; what is
told and that it was told are one statement of one transaction, so a sweep that is killed has told nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.support.events import SlaWarning, TicketEvent
from shared.domains.support.queries import sweep as queries
from shared.domains.support.rows.tickets import Json, TicketRow
from shared.domains.support.service import clocks

SLICE = 500  # tickets a transaction
KINDS: tuple[Literal["warning", "critical"], ...] = ("warning", "critical")


def is_due(call: Call) -> bool:
    """Whether there is anything to tell."""
    return queries.something_due(call.connection, now=call.now).due


def sweep(call: Call) -> int:
    """Tell of the next tickets what came due by now; of how many."""
    rows = queries.take_due(call.connection, now=call.now, limit=SLICE)
    if not rows:
        return 0
    tickets, told = [], []
    for row in rows:
        ticket, events = noticed(TicketRow.new(**row._asdict()), call.now)
        tickets.append({"id": ticket.id, **{name: getattr(ticket, name) for name in queries.MARKED}})
        told += announced(call, ticket, events)
    queries.tell(call.connection, tickets=tickets, events=told, now=call.now)
    return len(rows)


def noticed(ticket: TicketRow, now: datetime) -> tuple[TicketRow, list[TicketEvent]]:
    """With everything that has come due by now, also the warnings, and the events that tell of it."""
    ticket, events = clocks.noticed(ticket, now)
    ticket, warnings = _warned(ticket, now)
    return ticket._replace(sweep_at=clocks.next_sweep(ticket)), [*events, *warnings]


def announced(call: Call, ticket: TicketRow, events: Sequence[TicketEvent]) -> list[Json]:
    """The events as rows of the outbox."""
    call.announced = call.announced or bool(events)
    return [
        {
            "id": new_id(call.now), "tenant_id": ticket.tenant_id, "name": type(event).__name__,
            "event": event.model_dump(mode="json"),
        }
        for event in events
    ]  # fmt: skip


def _warned(ticket: TicketRow, now: datetime) -> tuple[TicketRow, list[TicketEvent]]:
    """Of each clock the warning that is true now: once a tenth is left that there was a quarter is no news, and once
    it is late neither is."""
    events: list[TicketEvent] = []
    for cause, due in clocks.due(ticket).items():
        if due is None:
            continue
        passed = [kind for kind in KINDS if _has_come(ticket, cause, kind, now)]
        if passed and now < due:
            known = {"ticket_id": ticket.id, "number": ticket.number}
            events.append(SlaWarning(**known, cause=cause, state=passed[-1], due=due))
        ticket = ticket._replace(raised=[*ticket.raised, *(f"{cause}_{kind}" for kind in passed)])
    return ticket, events


def _has_come(ticket: TicketRow, cause: str, kind: str, now: datetime) -> bool:
    at = getattr(ticket, f"{cause}_{kind}_at")
    return at is not None and at <= now and f"{cause}_{kind}" not in ticket.raised
