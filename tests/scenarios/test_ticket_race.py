"""Tickets opened and moved by many at once, a connection each: no number twice or left out, one moves it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from shared.core import db
from shared.core.call import Actor, Call
from shared.core.postgres import Connection
from shared.domains.support.errors import TicketIsClosed
from shared.domains.support.queries import tickets as queries
from shared.domains.support.rows.tickets import NewTicketRow, TicketRow
from shared.domains.support.schemas.tickets import TicketChanges, TicketIn
from shared.domains.support.service import tickets
from tests.functions.support.desk import QUESTION, open_ticket, seen, told
from tests.support.client import Client
from tests.support.database import Database

CALLERS, AGENTS = 100, 10
TAKEN = "support_tickets_number_key"  # the constraint that a number given twice runs into


def at_once(callers: int, actor: Actor, work: Callable[[Call], str]) -> list[str]:
    """What becomes of each caller."""
    together = threading.Barrier(callers, timeout=60)

    def one(_: int) -> str:
        call = Call(actor, datetime.now(UTC))
        together.wait()
        try:
            with db.transaction(db.Scope(actor.tenant_id, staff=actor.is_admin)) as call.connection:
                call.connection.execute("set local lock_timeout = '60s'")  # many in line on a slow machine
                return work(call)
        except db.DatabaseError as error:
            return str(db.violated(error) or error)
        except TicketIsClosed as refused:
            return refused.slug
        finally:
            db.hang_up()

    with ThreadPoolExecutor(callers) as threads:
        return sorted(threads.map(one, range(callers)))


def numbered(owner: Client) -> list[str]:
    actor = Actor(UUID(owner.account["user"]["id"]), UUID(owner.account["tenant"]["id"]), role="owner")
    return at_once(CALLERS, actor, lambda call: tickets.open_ticket(call, TicketIn.model_validate(QUESTION)).number)


def closed(ticket: dict[str, Any], admin: Client) -> list[str]:
    actor = Actor(admin_id=UUID(admin.account["admin"]["id"]), role="super_admin")
    wanted = TicketChanges(status="closed")
    return at_once(AGENTS, actor, lambda call: tickets.change_ticket(call, UUID(ticket["id"]), wanted).status)


def test_a_hundred_parallel_tickets_get_a_hundred_following_numbers(owner: Client) -> None:
    numbers = numbered(owner)
    assert [number.rpartition("-")[2] for number in numbers] == [f"{count:06d}" for count in range(1, 101)]
    listed = owner.get("/api/support/tickets", limit=100).json["items"]
    assert sorted(ticket["number"] for ticket in listed) == numbers


def test_the_race_catches_a_number_that_is_read_before_it_is_written(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: look how many tickets there are, then take the number after."""
    everybody_has_read, number_ticket = threading.Barrier(CALLERS, timeout=60), queries.number_ticket

    def read_then_write(connection: Connection, **given: Any) -> NewTicketRow | None:
        counted = connection.execute("select count(*) from support_tickets").rows[0][0]
        everybody_has_read.wait()
        place = number_ticket(connection, **given)
        return place._replace(number=counted + 1) if place else None

    monkeypatch.setattr(queries, "number_ticket", read_then_write)
    assert numbered(owner).count(TAKEN) == CALLERS - 1


def test_of_agents_who_move_one_ticket_at_once_one_does(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    assert closed(ticket, admin) == ["closed"] + ["ticket-is-closed"] * (AGENTS - 1)
    assert len(seen(owner, ticket)["messages"]) == told(database, ticket).count("TicketClosed") == 1


def test_the_race_catches_a_ticket_that_is_read_unlocked(
    owner: Client, admin: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: everybody has read an open ticket, then everybody closes it."""
    everybody_has_read, read = threading.Barrier(AGENTS, timeout=60), queries.ticket_to_change

    def read_unlocked(connection: Connection, **given: Any) -> TicketRow | None:
        found = read(connection, **given)
        everybody_has_read.wait()
        return found

    monkeypatch.setattr(queries, "lock_ticket", lambda *_, **__: None)
    monkeypatch.setattr(queries, "ticket_to_change", read_unlocked)
    ticket = open_ticket(owner)
    assert closed(ticket, admin) == ["closed"] * AGENTS
    assert told(database, ticket).count("TicketClosed") == AGENTS
