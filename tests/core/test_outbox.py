"""The outbox: events leave with their transaction, oldest first, once if nothing crashes, at least once if it does."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel

from shared.core import db, outbox
from shared.core.call import Actor, Call
from shared.core.db import Scope
from shared.core.errors import PartlyDone
from tests.support.database import Database

NOW = datetime(2026, 11, 20, 7, 15, tzinfo=UTC)
TENANT = UUID(int=1)


class NoteSaved(BaseModel):
    number: int


class Collected:
    """A bus that keeps what it is given; `refuses` names the numbers it does not take."""

    def __init__(self, *, refuses: frozenset[int] = frozenset()) -> None:
        self.refuses = refuses
        self.taken: list[int] = []
        self.details: list[dict[str, object]] = []

    def put(self, events: list[tuple[str, dict[str, object]]]) -> dict[int, str]:
        refused = {}
        for position, (name, detail) in enumerate(events):
            assert name == "NoteSaved"
            event = NoteSaved.model_validate(detail["event"])
            if event.number in self.refuses:
                refused[position] = "MalformedDetail"
            else:
                self.taken.append(event.number)
                self.details.append(detail)
        return refused


class Crashing(Collected):
    def put(self, events: list[tuple[str, dict[str, object]]]) -> dict[int, str]:
        super().put(events)
        raise ConnectionError("the process ends before the events are marked")


@pytest.fixture(autouse=True)
def empty(database: Database) -> Iterator[None]:
    database.run("truncate outbox")
    yield
    database.run("truncate outbox")


def announce(*numbers: int, at: datetime = NOW, fails: bool = False) -> Call:
    call = Call(Actor(tenant_id=TENANT), at, scope=Scope(TENANT))
    with db.transaction(call.scope) as call.connection:
        for number in numbers:
            outbox.announce(call, NoteSaved(number=number))
        if fails:
            raise ZeroDivisionError
    return call


def relay(bus: outbox.Bus, *, at: datetime = NOW, limit: int = 100) -> int:
    return outbox.relay(Call(Actor(), at, scope=Scope(staff=True)), bus, limit=limit)


def test_an_event_reaches_the_bus_with_its_id_and_tenant(database: Database) -> None:
    assert announce(7).announced
    bus = Collected()
    assert relay(bus) == 1
    [[id_]] = database.run("select id from outbox")
    assert bus.details == [{"id": str(id_), "tenant_id": str(TENANT), "event": {"number": 7}}]


def test_announcing_costs_no_round_trip_of_its_own(database: Database) -> None:
    announce(0)
    before = database.proxy.round_trips
    announce(1, 2, 3)
    assert database.proxy.round_trips - before == 1


def test_an_event_of_a_failed_transaction_is_never_sent() -> None:
    with pytest.raises(ZeroDivisionError):
        announce(1, fails=True)
    assert relay(Collected()) == 0


def test_events_are_sent_oldest_first_and_once() -> None:
    for number in range(5):
        announce(number, at=NOW + timedelta(seconds=number))
    bus = Collected()
    later = NOW + timedelta(minutes=1)
    assert [relay(bus, at=later, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert bus.taken == [0, 1, 2, 3, 4]


def test_what_the_bus_refused_is_sent_again_when_its_lease_has_ended() -> None:
    announce(1, 2, 3)
    bus = Collected(refuses=frozenset({2}))
    with pytest.raises(PartlyDone, match="refused 1 of 3") as failure:
        relay(bus)
    assert failure.value.done == 2
    bus.refuses = frozenset()
    assert relay(bus, at=NOW + timedelta(seconds=29)) == 0
    assert relay(bus, at=NOW + timedelta(seconds=31)) == 1
    assert sorted(bus.taken) == [1, 2, 3]


def test_the_log_says_what_was_refused_and_why(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    announce(1, 2)
    with pytest.raises(PartlyDone):
        relay(Collected(refuses=frozenset({2})))
    [[id_]] = database.run("select id from outbox where sent_at is null")
    assert [record.getMessage() for record in caplog.records] == [f"event {id_}, NoteSaved, refused: MalformedDetail"]


def test_a_crash_before_the_mark_sends_again_with_the_same_ids() -> None:
    announce(1, 2)
    crashed, second = Crashing(), Collected()
    with pytest.raises(ConnectionError):
        relay(crashed)
    assert relay(second) == 0
    assert relay(second, at=NOW + timedelta(seconds=31)) == 2
    assert second.details == crashed.details


def test_two_relays_never_send_the_same_event() -> None:
    announce(*range(100))
    buses = [Collected() for _ in range(4)]
    start = threading.Barrier(4)

    def work(bus: Collected) -> None:
        start.wait()
        while relay(bus, limit=10):
            pass
        db.hang_up()

    threads = [threading.Thread(target=work, args=(bus,)) for bus in buses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = [number for bus in buses for number in bus.taken]
    assert sorted(sent) == list(range(100))


def test_no_transaction_is_open_while_the_bus_works(database: Database) -> None:
    announce(1)

    class Watching(Collected):
        def put(self, events: list[tuple[str, dict[str, object]]]) -> dict[int, str]:
            open_ = database.run("select count(*) from pg_stat_activity where state like 'idle in transaction%'")
            assert open_ == [[0]]
            return super().put(events)

    assert relay(Watching()) == 1


def test_a_tenant_sees_only_its_own_events(database: Database) -> None:
    announce(1)
    with db.reading(Scope(uuid4())) as connection:
        assert connection.execute("select from outbox").row_count == 0
