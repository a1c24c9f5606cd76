"""Sweeps at once, and sweeps that are killed between any two statements: each breach is reported exactly once."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.core import db, postgres
from shared.core.call import Actor, Call
from shared.core.db import Connection
from shared.domains.support.queries import sweep as queries
from shared.domains.support.rows.sla import DueRow
from shared.domains.support.service import sweep as service
from shared.domains.support.tables import support_tickets
from tests.functions.support.desk import let_pass, open_ticket
from tests.support.client import Client
from tests.support.database import Database
from tools.functions import ROOT

SWEEPERS, TICKETS, SLICE = 8, 120, 7
STATEMENTS = 5  # of a slice: begin, open_transaction, take_due, tell, commit
SWEEPER = """
import os, signal, sys
from functions.support.job_sweep_sla import handler
from shared.core import postgres
from shared.domains.support.service import sweep
from tests.support.lambdas import Context

sweep.SLICE, left, exchange = 7, int(sys.argv[1]), postgres.Connection._exchange

def until_killed(connection, batch):
    global left
    if left < len(batch):
        exchange(connection, batch[:left]) if left else None
        os.kill(os.getpid(), signal.SIGKILL)
    left -= len(batch)
    return exchange(connection, batch)

postgres.Connection._exchange = until_killed
print("ready", flush=True)
sys.stdin.readline()
handler({}, Context())
"""


class Killed(BaseException):
    """Nothing of the killed catches this."""


def late_tickets(owner: Client, database: Database) -> list[str]:
    """The ids of urgent tickets that nobody has answered in time, and of which nobody has told."""
    first = open_ticket(owner, priority="urgent")
    let_pass(database, first, timedelta(minutes=16))
    generated = {"words", "warning_at", "critical_at", "due_at", "ended_late"}
    copied = ", ".join(set(support_tickets.c.keys()) - {"id", "number"} - generated)
    database.run(
        f"insert into support_tickets (id, number, {copied}) select gen_random_uuid(), number || '-' || n, {copied}"
        " from support_tickets, generate_series(2, cast(:count as integer)) n where id = :id",
        count=TICKETS, id=first["id"],
    )  # fmt: skip
    found = database.run("select id::text from support_tickets where tenant_id = :id", id=first["tenant_id"])
    return [str(id) for [id] in found]


def judge(database: Database, tickets: list[str]) -> None:
    """Each is told of once, and says so."""
    reported = database.run(
        "select name, count(*), count(distinct event->>'ticket_id') from outbox"
        " where event->>'ticket_id' = any (:ids) and name <> 'TicketCreated' group by name order by name",
        ids=tickets,
    )
    assert reported == [[name, TICKETS, TICKETS] for name in ("SlaBreached", "TicketEscalated")]
    marked = database.run(
        "select level, breached, raised, count(*) from support_tickets where id::text = any (:ids) group by 1, 2, 3",
        ids=tickets,
    )
    raised = ["first_response", "first_response_warning", "first_response_critical"]
    assert marked == [[1, True, raised, TICKETS]]


def sweep_once() -> int:
    """A slice, on the connection of this thread."""
    now = datetime.now(UTC)
    call = Call(Actor(), now, scope=db.Scope(staff=True, at=now))
    with db.transaction(call.scope) as call.connection:
        return service.sweep(call)


def sweep_all(database: Database) -> None:
    """Until nothing is left, also of what the server has yet to notice that its sweeper is gone."""
    patience = time.monotonic() + 30
    while database.run("select 1 from support_tickets where sweep_at <= now() limit 1"):
        sweep_once()
        assert time.monotonic() < patience


def at_once(work: Callable[[], object]) -> None:
    """Each a thread, and so a connection."""
    together = threading.Barrier(SWEEPERS, timeout=60)

    def one(_: int) -> None:
        together.wait()
        try:
            work()
        finally:
            db.hang_up()

    with ThreadPoolExecutor(SWEEPERS) as threads:
        list(threads.map(one, range(SWEEPERS)))


@pytest.fixture
def tickets(owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(service, "SLICE", SLICE)
    sweep_all(database)
    return late_tickets(owner, database)


def sweep_while_there_is_work() -> None:
    while sweep_once():
        pass


def test_many_sweepers_at_once(tickets: list[str], database: Database) -> None:
    at_once(sweep_while_there_is_work)
    sweep_all(database)
    judge(database, tickets)


def test_the_race_catches_what_is_read_before_it_is_written(
    tickets: list[str], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: everybody has found the same tickets due, then everybody tells of them."""
    everybody_has_read = threading.Barrier(SWEEPERS, timeout=60)

    def unlocked(connection: Connection, *, now: datetime, limit: int) -> list[DueRow]:
        text = (
            f"select {', '.join(DueRow._fields)} from support_tickets where sweep_at <= $1 order by sweep_at limit $2"
        )
        rows = connection.execute(text, [now, limit]).rows
        everybody_has_read.wait()
        return [DueRow(*row) for row in rows or ()]

    with monkeypatch.context() as planted:
        planted.setattr(queries, "take_due", unlocked)
        at_once(sweep_once)
    sweep_all(database)
    with pytest.raises(AssertionError, match="SlaBreached"):
        judge(database, tickets)


def killed_after(monkeypatch: pytest.MonkeyPatch, statements: int) -> None:
    """Sweep, and lose the connection without a word once so many statements were sent."""
    left, exchange = statements, postgres.Connection._exchange

    def until_killed(connection: Connection, batch: Sequence[postgres.Statement]) -> Any:
        nonlocal left
        if left < len(batch):
            if left:
                exchange(connection, batch[:left])
            connection._hang_up()
            raise Killed
        left -= len(batch)
        return exchange(connection, batch)

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(postgres.Connection, "_exchange", until_killed)
        while True:
            assert sweep_once()


def test_killed_at_every_statement_boundary(
    tickets: list[str], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for statements in range(2 * STATEMENTS + 1):
        killed_after(monkeypatch, statements)
    sweep_all(database)
    judge(database, tickets)


def test_the_boundaries_catch_what_is_told_apart_from_its_mark(
    tickets: list[str], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: the events are committed before the tickets are marked."""
    tell = queries.tell

    def apart(connection: Connection, *, tickets: list[Any], events: list[Any], now: datetime) -> None:
        tell(connection, tickets=[], events=events, now=now)
        for statement in ("commit", "begin", "set local role app_staff"):
            connection.execute(statement)
        tell(connection, tickets=tickets, events=[], now=now)

    with monkeypatch.context() as planted:
        planted.setattr(queries, "tell", apart)
        for statements in range(STATEMENTS + 3):
            killed_after(monkeypatch, statements)
    sweep_all(database)
    with pytest.raises(AssertionError, match="SlaBreached"):
        judge(database, tickets)


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_by_signals_at_seeded_boundaries(seed: int, tickets: list[str], database: Database) -> None:
    """Processes of their own, four at a time."""
    chance = random.Random(seed)
    sweepers = [
        subprocess.Popen(
            [sys.executable, "-c", SWEEPER, str(chance.randrange(6 * STATEMENTS))], cwd=ROOT, env=os.environ,
            text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for _ in range(4)
    ]  # fmt: skip
    for sweeper in sweepers:
        assert sweeper.stdout
        assert sweeper.stdout.readline() == "ready\n"
    codes = [sweeper.communicate("go\n", timeout=60) and sweeper.returncode for sweeper in sweepers]
    assert set(codes) <= {0, -signal.SIGKILL}
    assert -signal.SIGKILL in codes
    sweep_all(database)
    judge(database, tickets)
