"""What a request is charged before it runs: exactly as GCRA says, whoever else calls and whatever the clock does."""

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.core import db, queries
from shared.core.db import DatabaseError, Limit, Scope
from tests.support.client import Client
from tests.support.database import Database, superuser

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CALLERS = 50
T = TypeVar("T")


@pytest.fixture(autouse=True)
def used(database: Database) -> Iterator[None]:
    yield
    db.hang_up()


def limit(units: int) -> Limit:
    """Of somebody new."""
    return Limit("user", uuid.uuid4().bytes, units)


def refused(*limits: Limit, at: datetime = NOON, cost: int = 1) -> tuple[str, int] | None:
    """None where the call passes; else which limit refuses it, and the seconds to wait."""
    try:
        with db.reading(Scope(at=at, limits=limits, cost=cost)) as connection:
            connection.execute("select")
    except DatabaseError as error:
        assert db.sqlstate(error) == db.LIMITED, error
        place, seconds = db.detail(error).split()
        return limits[int(place) - 1].name, int(seconds)
    return None


def passed(mine: Limit, calls: int, at: datetime = NOON) -> int:
    return sum(refused(mine, at=at) is None for _ in range(calls))


class Gcra:
    """The textbook's, in exact fractions of a second: T is 60/units, the tolerance one minute."""

    def __init__(self, units: int) -> None:
        self.interval, self.paid_back = Fraction(60, units), Fraction(0)

    def takes(self, at: Fraction, cost: int) -> bool:
        after = max(self.paid_back, at) + cost * self.interval
        if after > at + 60:
            return False
        self.paid_back = after
        return True


PAUSES = st.sampled_from([0, 0, 0, 1, 3_000_000, 20_000_000, 60_000_000]) | st.integers(0, 150_000_000)  # µs


@settings(max_examples=60)
@given(units=st.sampled_from([1, 3, 20]), calls=st.lists(st.tuples(PAUSES, st.integers(1, 12)), max_size=40))
def test_each_call_is_judged_as_gcra_judges_it(units: int, calls: list[tuple[int, int]]) -> None:
    mine, model, elapsed = limit(units), Gcra(units), 0
    for pause, cost in calls:
        elapsed, cost = elapsed + pause, min(cost, units)
        found = refused(mine, at=NOON + timedelta(microseconds=elapsed), cost=cost)
        assert (found is None) == model.takes(Fraction(elapsed, 10**6), cost)


@pytest.mark.parametrize("units", [1, 7, 20, 70, 100])
def test_a_minutes_worth_may_be_taken_at_once_and_no_more(units: int) -> None:
    assert passed(limit(units), units + 5) == units


def test_what_was_taken_is_paid_back_evenly() -> None:
    mine = limit(20)
    passed(mine, 20)
    for seconds, more in ((2.999999, 0), (3, 1), (3, 0), (9, 2), (60, 17), (61, 0), (600, 20)):
        assert passed(mine, more + 1, at=NOON + timedelta(seconds=seconds)) == more


def test_a_refusal_says_when_to_come_back_to_the_second() -> None:
    mine = limit(7)
    passed(mine, 7)
    found = refused(mine)
    assert found == ("user", 9)
    assert refused(mine, at=NOON + timedelta(seconds=8)) == ("user", 1)
    assert refused(mine, at=NOON + timedelta(seconds=9)) is None


def test_what_is_refused_costs_nothing() -> None:
    small, large = Limit("tenant", uuid.uuid4().bytes, 2), limit(10)
    assert [refused(large, small) for _ in range(5)] == [None, None, *[("tenant", 30)] * 3]
    assert passed(large, 10) == 8, "the limit that would have let it pass was not charged"
    assert refused(small, at=NOON + MINUTE / 2) is None, "nor was the one that refused"


def test_the_longest_wait_is_named() -> None:
    short, long = limit(60), Limit("tenant", uuid.uuid4().bytes, 1)
    passed(short, 60)
    passed(long, 1)
    assert refused(short, long) == refused(long, short) == ("tenant", 60)


def test_the_limit_that_refuses_is_named_and_not_one_that_would_be_next() -> None:
    nearly, used_up = limit(10), Limit("tenant", uuid.uuid4().bytes, 100)
    passed(nearly, 9)
    passed(used_up, 100)
    assert refused(nearly, used_up) == ("tenant", 1)


def test_a_call_is_charged_by_its_weight() -> None:
    mine = limit(20)
    assert [refused(mine, cost=8) is None for _ in range(3)] == [True, True, False]
    assert passed(mine, 5) == 4


def test_what_costs_more_than_the_limit_takes_all_of_it_and_is_not_refused_for_ever() -> None:
    mine = limit(20)
    assert [refused(mine, at=NOON + MINUTE * minutes, cost=50) for minutes in range(3)] == [None] * 3
    assert refused(mine, at=NOON + MINUTE * 2) == ("user", 3)


def test_a_clock_moved_back_lets_everybody_in_again() -> None:
    """As `POST /clock {"reset": true}` of the local stack does."""
    mine = limit(5)
    assert passed(mine, 6, at=NOON + timedelta(days=30)) == 5
    assert passed(mine, 6) == 5


def test_clocks_that_differ_a_little_give_nothing_away() -> None:
    """Two Lambdas; the one a second behind must not take what the other wrote for a clock that was moved."""
    mine = limit(5)
    assert passed(mine, 6, at=NOON + timedelta(seconds=1)) == 5
    assert refused(mine) == ("user", 13)


def test_what_happens_to_the_request_does_not_pay_back(noted: Database) -> None:
    mine = limit(2)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), db.transaction(Scope(at=NOON, limits=(mine,))) as connection:
            connection.execute("select")
            raise ZeroDivisionError
    assert refused(mine) == ("user", 30)


def test_a_refused_request_runs_nothing(noted: Database) -> None:
    mine = limit(1)
    passed(mine, 1)
    with pytest.raises(DatabaseError), db.transaction(Scope(at=NOON, limits=(mine,))) as connection:
        connection.execute("insert into trial.notes (tenant_id, body) values ($1, 'x')", (uuid.uuid4(),))
    assert noted.run("select from trial.notes") == []


# At once


def closing(take: Callable[..., T], *limits: Limit) -> T:
    """A thread's own connection ends with it."""
    try:
        return take(*limits)
    finally:
        db.hang_up()


def race(take: Callable[[Limit], bool], mine: Limit) -> int:
    """How many of fifty callers, one connection each, pass at the same moment."""
    together = threading.Barrier(CALLERS, timeout=60)

    def call(_: int) -> bool:
        db.connected()
        together.wait()
        return closing(take, mine)

    with ThreadPoolExecutor(CALLERS) as callers:
        return sum(callers.map(call, range(CALLERS)))


@pytest.mark.parametrize("units", [1, 20])
def test_of_fifty_callers_exactly_the_allowed_number_passes(units: int) -> None:
    assert race(lambda mine: refused(mine) is None, limit(units)) == units


def test_the_race_catches_a_limit_that_is_read_before_it_is_written() -> None:
    """The planted fault: look what is owed, then write what will be."""
    everybody_has_read = threading.Barrier(CALLERS, timeout=60)

    def read_then_write(mine: Limit) -> bool:
        with db.transaction(Scope()) as connection:
            rows = connection.execute("select until from rate_limits where key = $1", (mine.key,)).rows
            everybody_has_read.wait()
            until = max([NOON, *(row[0] for row in rows)]) + timedelta(microseconds=mine.charge(1))
            if until > NOON + MINUTE:
                return False
            connection.execute(
                "insert into rate_limits values ($1, $2) on conflict (key) do update set until = excluded.until",
                (mine.key, until),
            )
            return True

    assert race(read_then_write, limit(20)) == CALLERS


def waiting(database: Database) -> int:
    [[count]] = database.run(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'call meter%'"
    )
    assert isinstance(count, int)
    return count


def test_two_calls_that_share_limits_cannot_wait_for_each_other(database: Database) -> None:
    """Whatever order they name them in, both stand in line for the first, and neither holds the second meanwhile."""
    first, second = sorted([limit(9), limit(9)], key=lambda one: one.key)
    refused(first, second)
    with superuser(database.url) as other, ThreadPoolExecutor(2) as callers:
        other.run("begin")
        other.run("select from rate_limits where key = :key for update", key=first.key)
        answers = [callers.submit(closing, refused, *limits) for limits in ((first, second), (second, first))]
        while waiting(database) < 2:
            assert not any(answer.done() for answer in answers)
        other.run("select from rate_limits where key = :key for update nowait", key=second.key)
        other.run("rollback")
        assert [answer.result() for answer in answers] == [None, None]


def test_a_tenant_that_is_stuck_does_not_hold_up_another(database: Database) -> None:
    noisy, quiet = limit(9), limit(9)
    passed(noisy, 1), passed(quiet, 1)
    with superuser(database.url) as other:
        other.run("begin")
        other.run("select from rate_limits where key = :key for update", key=noisy.key)
        assert refused(quiet) is None
        other.run("rollback")


def test_clearing_away_does_not_stand_in_line_with_requests(database: Database) -> None:
    """It takes rows in an order of its own: waiting for one while it holds another could never end."""
    busy, idle = limit(9), limit(9)
    passed(busy, 1), passed(idle, 1)
    with superuser(database.url) as other:
        other.run("begin")
        other.run("select from rate_limits where key = :key for update", key=busy.key)
        with db.transaction(Scope(staff=True)) as connection:
            queries.prune_limits(connection, now=NOON + MINUTE)
        other.run("rollback")
    keys = [row[0] for row in database.run("select key from rate_limits")]
    assert (busy.key in keys, idle.key in keys) == (True, False)


# Sessions seen


def seen(owner: Client, database: Database, at: datetime) -> datetime:
    """When the session was last seen, after a call at that time."""
    user, tenant = owner.account["user"]["id"], uuid.UUID(owner.account["tenant"]["id"])
    [[session]] = database.run("select id from user_sessions where user_id = :user", user=user)
    assert isinstance(session, uuid.UUID)
    with db.reading(Scope(tenant, guard="session", guard_id=session, at=at)) as connection:
        connection.execute("select")
    [[found]] = database.run("select last_seen_at from user_sessions where id = :id", id=session)
    assert isinstance(found, datetime)
    return found


def test_a_session_is_seen_once_a_minute_also_after_the_clock_was_moved_back(owner: Client, database: Database) -> None:
    now = datetime.now(UTC)
    later, next_day = now + MINUTE * 2, now + timedelta(days=1)
    assert seen(owner, database, now) < now
    assert seen(owner, database, later) == later
    assert seen(owner, database, later + MINUTE / 2) == later
    assert seen(owner, database, next_day) == next_day
    assert seen(owner, database, later) == later


def test_a_session_that_somebody_is_changing_is_not_waited_for(owner: Client, database: Database) -> None:
    user = owner.account["user"]["id"]
    with superuser(database.url) as other:
        other.run("begin")
        other.run("select from user_sessions where user_id = :user for update", user=user)
        later = datetime.now(UTC) + MINUTE * 2
        assert seen(owner, database, later) < later
        other.run("rollback")
