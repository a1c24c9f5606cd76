"""Jobs: slices, each its own transaction, while there is work and time."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from shared.core import db
from shared.core.call import Call
from shared.core.errors import PartlyDone
from shared.entry import wiring
from shared.entry.job import job
from tests.support import notes
from tests.support.database import Database
from tests.support.lambdas import Context
from tests.support.notes import ASHA, BALU, bodies

Handler = Callable[[Any, Any], dict[str, int]]


class Clock(Context):
    """Time that passes by `step` whenever somebody looks."""

    def __init__(self, milliseconds: int, step: int) -> None:
        self.left, self.step = milliseconds, step

    def get_remaining_time_in_millis(self) -> int:
        self.left -= self.step
        return self.left


def pruning(database: Database, *, across_tenants: bool = True, fails_at: int | None = None) -> Handler:
    """Deletes one note a slice."""
    slices = 0

    @job("rate(1 hour)", across_tenants=across_tenants)
    def handler(call: Call) -> int:
        nonlocal slices
        slices += 1
        deleted = call.connection.execute(
            "delete from trial.notes where id = (select id from trial.notes order by body limit 1)"
        ).row_count
        if slices == fails_at:
            raise ZeroDivisionError
        return int(deleted)

    return handler


@pytest.fixture
def five(noted: Database) -> Database:
    """Five notes of two tenants."""
    for number in range(5):
        scope = (ASHA, BALU)[number % 2]
        with db.transaction(scope) as connection:
            notes.add_later(connection, id=uuid4(), tenant=scope.tenant_id, body=str(number))  # type: ignore[arg-type]
    return noted


def test_a_job_works_until_nothing_is_left(five: Database) -> None:
    assert pruning(five)({}, Context()) == {"done": 5}
    assert bodies(five) == []
    assert pruning(five)({}, Context()) == {"done": 0}


def test_a_job_stops_while_there_is_time_to_end(five: Database) -> None:
    assert pruning(five)({}, Clock(10_000, step=2_000)) == {"done": 2}
    assert bodies(five) == ["2", "3", "4"]
    assert pruning(five)({}, Clock(5_000, step=1)) == {"done": 0}


def test_a_slice_that_fails_leaves_the_slices_before_it_done(five: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        pruning(five, fails_at=3)({}, Context())
    assert bodies(five) == ["2", "3", "4"]


def test_a_job_that_asks_first_is_not_done_where_nothing_waits(five: Database) -> None:
    asked: list[bool] = []

    def waits(call: Call) -> bool:
        asked.append(bool(call.connection.execute("select from trial.notes").row_count))
        return asked[-1]

    @job("rate(1 hour)", across_tenants=True, only_if=waits)
    def handler(call: Call) -> int:
        call.connection.execute("delete from trial.notes where body = (select min(body) from trial.notes)")
        return 1

    assert handler({}, Context()) == {"done": 5}
    assert asked == [True] * 5 + [False]
    assert handler({}, Context()) == {"done": 0}


def test_a_job_that_does_not_say_so_sees_no_tenants_rows(five: Database) -> None:
    assert pruning(five, across_tenants=False)({}, Context()) == {"done": 0}
    assert len(bodies(five)) == 5


def test_a_job_that_calls_out_opens_its_transactions_itself(noted: Database) -> None:
    seen: list[bool] = []

    @job("rate(1 minute)", calls_out=True, across_tenants=True)
    def handler(call: Call) -> int:
        seen.append(hasattr(call, "connection"))
        return 0

    assert handler({}, Context()) == {"done": 0}
    assert seen == [False]


def test_a_slice_that_failed_in_part_fails_the_run_when_the_others_are_done(noted: Database) -> None:
    slices = []

    @job("rate(1 minute)", calls_out=True)
    def handler(call: Call) -> int:
        slices.append(call)
        if len(slices) == 1:
            raise PartlyDone("one was refused", done=0)
        return len(slices) < 4

    with pytest.raises(PartlyDone, match="one was refused"):
        handler({}, Context())
    assert len(slices) == 4


def test_what_a_job_announces_is_sent_at_once(noted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    nudged: list[bool] = []
    monkeypatch.setattr(wiring, "nudge_relay", lambda: nudged.append(True))

    @job("rate(1 minute)", across_tenants=True)
    def handler(call: Call) -> int:
        call.announced = not nudged
        return int(call.announced)

    assert handler({}, Context()) == {"done": 1}
    assert nudged == [True], "once, for the slice that announced something"


def test_each_slice_has_its_own_time(noted: Database) -> None:
    times = []

    @job("rate(1 minute)")
    def handler(call: Call) -> int:
        times.append(call.now)
        return len(times) < 3

    assert handler({}, Context()) == {"done": 2}
    assert len(set(times)) == 3
    assert times == sorted(times)
