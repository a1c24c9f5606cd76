"""Tickets whose figures are known, and figures counted by hand."""

import json
import random
import statistics
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from shared.domains.support.rows.tickets import TicketRow
from shared.domains.support.rules.deadlines import Deadline, state
from shared.domains.support.rules.terms import default_terms
from shared.domains.support.rules.tickets import Priority, Status
from shared.domains.support.service import clocks
from tests.support.client import Client
from tests.support.database import Database

INDIA = ZoneInfo("Asia/Kolkata")
NOW = datetime(2026, 3, 5, 12, tzinfo=INDIA).astimezone(UTC)  # of the documented examples
CATEGORIES = ("billing", "general", "technical")


def at(moment: str) -> datetime:
    """In India, in March 2026."""
    return datetime.fromisoformat(f"2026-03-{moment}").replace(tzinfo=INDIA)


def ticket(owner: Client, created_at: datetime, **fields: Any) -> TicketRow:
    known = {"category": "general", "priority": "medium", "status": "open"} | fields
    return TicketRow.new(
        id=uuid.uuid4(), tenant_id=owner.account["tenant"]["id"], number=uuid.uuid4().hex,
        user_id=owner.account["user"]["id"], requester_name="Asha Sharma", subject="Ply", description="How many?",
        created_at=created_at, updated_at=created_at, terms=default_terms(known["priority"]), **known,
    )  # fmt: skip


@contextmanager
def stored(database: Database, tickets: Sequence[TicketRow]) -> Iterator[None]:
    """For as long as it takes: jobs of other tests would stumble over them."""
    names, rows = ", ".join(tickets[0].columns), json.dumps([ticket.columns for ticket in tickets], default=str)
    database.run(
        f"insert into support_tickets ({names}) select {names}"
        " from jsonb_populate_recordset(null::support_tickets, cast(:rows as jsonb))",
        rows=rows,
    )
    try:
        yield
    finally:
        ids = [str(ticket.id) for ticket in tickets]
        database.run("delete from support_tickets where id = any(cast(:ids as uuid[]))", ids=ids)


def example_of(model: type[BaseModel]) -> dict[str, Any]:
    """The one that the OpenAPI document shows."""
    [example] = model.model_json_schema()["examples"]
    return dict(example)


def documented(owner: Client, asha: str, ravi: str) -> list[TicketRow]:
    """The tickets of the examples in the OpenAPI document, as they are on 5 March at noon in India."""
    return [
        ticket(  # on the second in India, though on the first in UTC
            owner, at("02T00:30"), category="billing", priority="high", status="closed", assigned_to=asha,
            first_response_at=at("02T01:00"), first_response_due=at("02T01:30"),
            resolved_at=at("02T05:30"), closed_at=at("03T05:30"), resolution_due=at("02T12:30"), rating=5,
        ),
        ticket(  # late with everything, and re-opened
            owner, at("02T10:00"), category="technical", status="resolved", assigned_to=asha, level=3, breached=True,
            first_response_at=at("02T15:00"), first_response_due=at("02T14:00"), reopened=1,
            resolved_at=at("04T10:00"), resolution_due=at("03T10:00"), rating=2,
        ),
        ticket(
            owner, at("02T11:00"), priority="low", status="closed", assigned_to=ravi,
            first_response_at=at("02T12:00"), first_response_due=at("02T19:00"),
            closed_at=at("03T11:00"), resolution_due=at("04T11:00"),
        ),
        ticket(  # its clocks stand still
            owner, at("03T09:00"), status="waiting_user", assigned_to=ravi,
            first_response_at=at("03T11:00"), first_response_due=at("03T13:00"),
        ),
        ticket(  # late, though nobody has noticed yet
            owner, at("03T20:00"), category="billing", priority="urgent",
            first_response_due=at("03T20:15"), resolution_due=at("04T00:00"),
        ),
        ticket(  # of the day before
            owner, at("01T23:59"), status="resolved", assigned_to=ravi, first_response_at=at("02T00:30"),
            first_response_due=at("02T03:59"), resolved_at=at("03T23:59"), resolution_due=at("04T03:59"), rating=1,
        ),
        ticket(  # of the day after
            owner, at("04T00:00"), priority="low", assigned_to=asha,
            first_response_due=at("06T08:00"), resolution_due=at("08T00:00"),
        ),
    ]  # fmt: skip


def generated(owner: Client, agents: Sequence[str], now: datetime, count: int = 300) -> list[TicketRow]:
    """Of the last eight days, in every state; the same for the same number of agents."""
    chance = random.Random(17)
    made = []
    for _ in range(count):
        created_at = now - timedelta(seconds=chance.randrange(8 * 86400))

        def later(hours: int, since: datetime = created_at) -> datetime:
            return min(since + timedelta(seconds=chance.randrange(hours * 3600)), now)

        def perhaps(moment: datetime) -> datetime | None:
            return chance.choice((moment, moment, moment, None))

        status = chance.choice(get_args(Status))
        answered, resolved = perhaps(later(10)), later(60)
        waits = answered and status == "in_progress" and chance.random() < 0.5
        made.append(
            ticket(
                owner, created_at, status=status, category=chance.choice(CATEGORIES),
                priority=chance.choice(get_args(Priority)), assigned_to=chance.choice((*agents, None)),
                first_response_at=answered, first_response_due=perhaps(later(12)),
                next_response_since=answered if waits else None, next_response_due=later(99) if waits else None,
                resolution_due=None if status == "waiting_user" else later(70),
                resolved_at=resolved if status == "resolved" else perhaps(resolved) if status == "closed" else None,
                closed_at=later(9, resolved) if status == "closed" else None,
                breached=chance.random() < 0.1, level=chance.randrange(3), reopened=chance.choice((0, 0, 0, 1, 2)),
                rating=chance.choice((None, None, 1, 2, 3, 4, 5)) if status in ("resolved", "closed") else None,
            )
        )  # fmt: skip
    return made


def by(tickets: Sequence[TicketRow], key: Callable[[TicketRow], Any]) -> dict[Any, list[TicketRow]]:
    found: dict[Any, list[TicketRow]] = {}
    for each in tickets:
        found.setdefault(key(each), []).append(each)
    return found


def ended_at(ticket: TicketRow) -> datetime | None:
    return ticket.resolved_at or ticket.closed_at


def day_of(moment: datetime | None, zone: str = "Asia/Kolkata") -> str:
    return moment.astimezone(ZoneInfo(zone)).date().isoformat() if moment else ""


def durations(values: Sequence[timedelta]) -> dict[str, Any]:
    minutes = [value / timedelta(minutes=1) for value in values]
    if not minutes:
        return {"tickets": 0, "mean_minutes": None, "median_minutes": None, "p90_minutes": None}
    ninth = statistics.quantiles(minutes, n=10, method="inclusive")[8] if len(minutes) > 1 else minutes[0]
    found = {"mean": statistics.mean(minutes), "median": statistics.median(minutes), "p90": ninth}
    return {"tickets": len(minutes)} | {f"{name}_minutes": value for name, value in found.items()}


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def counts(tickets: Sequence[TicketRow]) -> dict[str, Any]:
    """TicketFigures."""
    asked = [each for each in tickets if ended_at(each)]
    ratings = [each.rating for each in asked if each.rating]
    return {
        "tickets": len(tickets),
        "reopened": sum(each.reopened > 0 for each in tickets),
        "first_response": durations([at - each.created_at for each in tickets if (at := each.first_response_at)]),
        "resolution": durations([at - each.created_at for each in tickets if (at := each.resolved_at)]),
        "satisfaction": {
            "asked": len(asked), "answered": len(ratings), "response_rate": share(len(ratings), len(asked)),
            "mean": statistics.mean(ratings) if ratings else None,
        },
    }  # fmt: skip


def promises(tickets: Sequence[TicketRow], now: datetime) -> dict[str, Any]:
    """PromiseFigures, of the states that the rules tell."""
    return {
        "tickets": len(tickets),
        "escalated": sum(each.level > 0 for each in tickets),
        "first_response": promise([found for each in tickets if (found := _first_response(each, now))]),
        "resolution": promise([_clock(each, "resolution", now) for each in tickets]),
        "every_promise": promise([every_promise(each, now) for each in tickets]),
    }


def promise(states: Sequence[str]) -> dict[str, Any]:
    met, breached = states.count("met"), states.count("breached")
    running = len(states) - met - breached
    return {"met": met, "breached": breached, "running": running, "compliance": share(met, met + breached)}


def every_promise(ticket: TicketRow, now: datetime) -> str:
    parts = [_clock(ticket, "first_response", now), _clock(ticket, "resolution", now)]
    if clocks.is_late(ticket, now) or "breached" in parts:
        return "breached"
    return "met" if ended_at(ticket) else "running"


def _first_response(ticket: TicketRow, now: datetime) -> str | None:
    """None of what was withdrawn: nobody was late, and nobody has answered."""
    found = _clock(ticket, "first_response", now)
    withdrawn = found == "met" and not (ticket.first_response_at or ticket.resolved_at)
    return None if withdrawn else found


def _clock(ticket: TicketRow, name: str, now: datetime) -> str:
    ended = ended_at(ticket)
    if name == "first_response":
        ended = ticket.first_response_at or ended
    return state(Deadline(None, None, getattr(ticket, f"{name}_due")), now, ended_at=ended)
