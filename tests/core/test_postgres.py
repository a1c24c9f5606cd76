"""The connection: exact round trips, no deadlock, and what happens when the network or the server fails."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pg8000.native
import pytest

from local import database as servers
from local.children import wait_until
from shared.core import db, settings
from shared.core.postgres import Connection, DatabaseError, InterfaceError, Statement
from tests.support.certificates import issue
from tests.support.database import Database, app_url, port_of, superuser
from tests.support.notes import ASHA, bodies
from tests.support.ports import closed_port
from tests.support.proxy import Proxy

INSERT = "insert into trial.notes (tenant_id, body) values ($1, $2)"
READ = "select body from trial.notes"
Trips = Callable[[Callable[[], object]], int]


@pytest.fixture
def trips(noted: Database) -> Trips:
    """How many round trips a piece of work takes on a connection that is there already."""
    look()

    def count(work: Callable[[], object]) -> int:
        before = noted.proxy.round_trips
        work()
        return noted.proxy.round_trips - before

    return count


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """One of its own, without tenant."""
    made = connect(database.app_url)
    yield made
    made.close()


def connect(url: str, *, timeout: float = 10) -> Connection:
    parts = urlsplit(url)
    return Connection(
        user=parts.username,
        password=parts.password,
        host=parts.hostname,
        port=parts.port,
        database=parts.path[1:],
        ssl_context=False,
        timeout=timeout,
    )


def look() -> list[list[object]]:
    with db.reading(ASHA) as connection:
        return list(connection.execute(READ).rows)


def write(*texts: str, deferred: tuple[str, ...] = ()) -> None:
    with db.transaction(ASHA) as connection:
        for text in texts:
            connection.execute(INSERT, (ASHA.tenant_id, text))
        for text in deferred:
            connection.defer(INSERT, (ASHA.tenant_id, text))


def lose(database: Database) -> None:
    """Cut every connection, and wait until this thread's own could know."""
    database.proxy.cut()
    assert wait_until(db.connected().is_stale, seconds=5)


# Round trips


def test_connecting_and_the_first_select_take_four(noted: Database, trips: Trips) -> None:
    db.hang_up()
    assert trips(look) == 4  # start-up, two of SCRAM, the statement


def test_a_read_takes_one(trips: Trips) -> None:
    assert trips(look) == 1


def test_a_read_in_a_transaction_takes_two(trips: Trips) -> None:
    def work() -> None:
        with db.transaction(ASHA) as connection:
            connection.execute(READ)

    assert trips(work) == 2


def test_a_write_takes_two(noted: Database, trips: Trips) -> None:
    assert trips(lambda: write("one")) == 2
    assert bodies(noted) == ["one"]


def test_deferred_writes_travel_with_the_commit(noted: Database, trips: Trips) -> None:
    assert trips(lambda: write("one", deferred=("two", "three"))) == 2
    assert bodies(noted) == ["one", "three", "two"]


def test_deferred_writes_travel_with_the_first_statement(noted: Database, trips: Trips) -> None:
    def work() -> None:
        with db.transaction(ASHA) as connection:
            connection.defer(INSERT, (ASHA.tenant_id, "before"))
            assert connection.execute(READ).rows == [["before"]]

    assert trips(work) == 2


def test_a_transaction_of_deferred_writes_takes_one(noted: Database, trips: Trips) -> None:
    assert trips(lambda: write(deferred=("one", "two"))) == 1
    assert bodies(noted) == ["one", "two"]


def test_an_empty_transaction_takes_none(trips: Trips) -> None:
    assert trips(write) == 0


def test_an_error_in_the_first_flush_takes_one_more_to_roll_back(trips: Trips) -> None:
    def work() -> None:
        with pytest.raises(DatabaseError), db.transaction(ASHA) as connection:
            connection.execute("select 1/0")

    assert trips(work) == 2


def test_an_error_while_reading_leaves_nothing_to_roll_back(trips: Trips) -> None:
    def work() -> None:
        with pytest.raises(DatabaseError), db.reading(ASHA) as connection:
            connection.execute("select 1/0")

    assert trips(work) == 1


@pytest.mark.parametrize(("number", "expected"), [(200, 1), (201, 2), (1_000, 5), (10_000, 50)])
def test_many_deferred_writes_go_in_flushes_of_201(noted: Database, trips: Trips, number: int, expected: int) -> None:
    assert trips(lambda: write(deferred=tuple(f"note {n}" for n in range(number)))) == expected
    assert len(bodies(noted)) == number


def test_large_values_in_every_deferred_write_do_not_deadlock(noted: Database) -> None:
    write(deferred=tuple(f"{n}" + "x" * 50_000 for n in range(300)))
    assert len(bodies(noted)) == 300


def test_a_flush_may_answer_more_than_a_socket_holds(connection: Connection) -> None:
    connection.start([], each=True)
    rows = connection.execute("select repeat('x', 1000) from generate_series(1, 20000)").rows
    assert sum(len(text) for [text] in rows) == 20_000_000


# The batch


def test_rows_of_the_statements_before_are_not_mixed_into_the_last(connection: Connection) -> None:
    connection.start([Statement("select generate_series(1, 3)")], each=True)
    assert connection.execute("select 'last'").rows == [["last"]]


def test_after_an_error_the_rest_of_a_batch_does_not_run(noted: Database, connection: Connection) -> None:
    connection.start([Statement("select 1/0")], each=False)
    with pytest.raises(DatabaseError):
        connection.execute("create table trial.escaped ()")
    connection.rollback()
    assert noted.run("select to_regclass('trial.escaped')") == [[None]]


@pytest.mark.parametrize("method", ["execute", "defer"])
def test_untouched_until_something_is_executed_or_deferred(connection: Connection, method: str) -> None:
    connection.start([], each=False)
    assert connection.untouched
    getattr(connection, method)("select 1")
    assert not connection.untouched
    connection.commit()
    connection.start([], each=False)
    assert connection.untouched


def test_a_deferred_statement_needs_a_transaction(connection: Connection) -> None:
    connection.start([], each=True)
    with pytest.raises(RuntimeError):
        connection.defer("select 1")


def test_transactions_do_not_nest(connection: Connection) -> None:
    connection.start([], each=False)
    connection.execute("select 1")
    with pytest.raises(RuntimeError, match="nest"):
        connection.start([], each=False)
    connection.rollback()
    connection.start([], each=True)


def test_small_packets_leave_at_once_and_a_vanished_peer_is_noticed(connection: Connection) -> None:
    assert connection._usock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assert connection._usock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 3000


# Lost connections


def test_a_connection_cut_while_idle_is_replaced(noted: Database) -> None:
    look()
    lose(noted)
    write(deferred=("after",))  # begin, effect and commit in one flush, which could not be repeated
    lose(noted)
    assert look() == [["after"]]


def test_a_connection_cut_unnoticed_is_replaced_at_the_first_flush(
    noted: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    look()
    lose(noted)
    monkeypatch.setattr(Connection, "is_stale", lambda _: False)
    write("after")
    noted.proxy.cut()
    assert look() == [["after"]]


def test_a_cut_in_mid_transaction_fails_and_writes_nothing(noted: Database) -> None:
    with pytest.raises(InterfaceError), db.transaction(ASHA) as connection:
        connection.execute(INSERT, (ASHA.tenant_id, "one"))
        noted.proxy.cut()
        connection.execute(INSERT, (ASHA.tenant_id, "two"))
    assert bodies(noted) == []
    write("after")


def test_a_cut_at_commit_is_an_error_and_never_tried_again(noted: Database) -> None:
    with pytest.raises(InterfaceError), db.transaction(ASHA) as connection:
        connection.execute(INSERT, (ASHA.tenant_id, "one"))
        lose(noted)
    assert bodies(noted) == []
    write("after")
    assert bodies(noted) == ["after"]


def test_a_cut_before_a_commit_that_carries_everything_is_not_repeated(
    noted: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Begin, effect and commit in one flush: after a cut nobody knows whether they were done."""
    look()
    lose(noted)
    monkeypatch.setattr(Connection, "is_stale", lambda _: False)
    with pytest.raises(InterfaceError):
        write(deferred=("one",))
    monkeypatch.undo()
    assert look() == []


def test_a_session_that_the_server_ended_is_replaced(noted: Database) -> None:
    [[number]] = backend()
    noted.run("select pg_terminate_backend(:number)", number=number)
    assert wait_until(db.connected().is_stale, seconds=5)
    assert backend() != [[number]]


def backend() -> list[list[object]]:
    with db.reading(ASHA) as connection:
        return list(connection.execute("select pg_backend_pid()").rows)


def test_a_server_that_stops_and_comes_back(tmp_path: Path) -> None:
    with servers.running(tmp_path) as server:
        parts = urlsplit(server.url)
        assert parts.port
        proxy = Proxy(parts.port)
        connection = connect(f"postgresql://{parts.username}:{parts.password}@127.0.0.1:{proxy.port}/postgres")
        connection.start([], each=True)
        assert connection.execute("select 1").rows == [[1]]
    assert wait_until(connection.is_stale, seconds=5)
    for _ in range(3):
        connection.start([], each=True)
        with pytest.raises(InterfaceError):
            connection.execute("select 2")
    with servers.running(tmp_path) as server:
        proxy.upstream = urlsplit(server.url).port or 0
        connection.start([], each=True)
        assert connection.execute("select 3").rows == [[3]]
        connection.close()
        proxy.close()


def test_nobody_listening_is_an_interface_error(database: Database) -> None:
    with closed_port() as port, pytest.raises(InterfaceError, match="network error"):
        connect(f"postgresql://app:app@127.0.0.1:{port}/postgres")


def cancelled(watcher: pg8000.native.Connection, statement: str) -> int:
    """How many were at work on the statement until now."""
    at_work = "select pg_cancel_backend(pid) from pg_stat_activity where query = :statement and state = 'active'"
    return len(watcher.run(at_work, statement=statement))


def test_a_statement_slower_than_our_patience_is_not_sent_again(database: Database, connection: Connection) -> None:
    before, slow = database.proxy.connections, "select pg_sleep(60)"
    connection._usock.settimeout(0.2)
    connection.start([], each=True)
    with superuser(database.url) as watcher:
        with pytest.raises(InterfaceError):
            connection.execute(slow)
        assert wait_until(lambda: cancelled(watcher, slow) == 1, seconds=5)
    assert database.proxy.connections == before


def test_after_our_own_time_out_no_time_is_lost_with_rolling_back(noted: Database) -> None:
    """Which could only begin when the statement has ended."""
    slow = "select pg_sleep(61)"
    with superuser(noted.url) as watcher:
        with pytest.raises(InterfaceError), db.transaction(ASHA) as connection:
            connection.execute(READ)
            connection._usock.settimeout(0.2)
            connection.execute(slow)
        assert wait_until(lambda: cancelled(watcher, slow) == 1, seconds=5)
    write("after")


def test_a_time_out_of_the_server_leaves_the_connection_usable(connection: Connection) -> None:
    connection.start([Statement("set local statement_timeout = '50ms'")], each=False)
    with pytest.raises(DatabaseError) as caught:
        connection.execute("select pg_sleep(1)")
    assert db.sqlstate(caught.value) == "57014"
    connection.rollback()
    connection.start([], each=True)
    assert connection.execute("select 1").rows == [[1]]


def test_the_role_of_the_functions_has_time_outs(connection: Connection) -> None:
    connection.start([], each=True)
    shown = connection.execute(
        "select current_setting('statement_timeout'), current_setting('lock_timeout'),"
        " current_setting('idle_in_transaction_session_timeout')"
    )
    assert shown.rows == [["10s", "3s", "30s"]]


# TLS (the server behind the proxy has none; the proxy ends it)


@pytest.fixture
def over_tls(noted: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Proxy]]:
    """Puts a proxy with a certificate for an address between us and the server, and trusts its authority."""
    proxies = []

    def arrange(address: str) -> Proxy:
        issued = issue(tmp_path, address)
        proxies.append(Proxy(port_of(noted.url), certificate=(issued.certificate, issued.key)))
        monkeypatch.setenv("DATABASE_URL", app_url(noted.url, proxies[-1].port))
        monkeypatch.setenv("DATABASE_CA", issued.authority)
        db.hang_up()
        return proxies[-1]

    yield arrange
    db.hang_up()
    for proxy in proxies:
        proxy.close()


def test_a_certificate_of_our_authority_is_taken_and_the_connection_kept(over_tls: Callable[[str], Proxy]) -> None:
    proxy = over_tls("127.0.0.1")
    for _ in range(5):  # session tickets that arrive later must not pass for a server that hangs up
        write(deferred=(f"note {time.monotonic_ns()}",))
        look()
    assert isinstance(db.connected()._usock, ssl.SSLSocket)
    assert proxy.connections == 1


def test_a_certificate_of_a_foreign_authority_is_refused(
    over_tls: Callable[[str], Proxy], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over_tls("127.0.0.1")
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    monkeypatch.setenv("DATABASE_CA", issue(foreign).authority)
    with pytest.raises(InterfaceError, match="CERTIFICATE_VERIFY_FAILED"):
        look()


def test_a_certificate_for_another_host_is_refused(over_tls: Callable[[str], Proxy]) -> None:
    over_tls("127.0.0.2")
    with pytest.raises(InterfaceError, match="CERTIFICATE_VERIFY_FAILED"):
        look()


# Settings


def test_the_password_of_a_secret_replaces_that_of_the_url(noted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "arn:aws:secretsmanager:us-east-1:1:secret:database"
    monkeypatch.setenv("DATABASE_URL", noted.app_url.replace(":app@", ":wrong@"))
    monkeypatch.setenv("DATABASE_SECRET", secret)
    monkeypatch.setattr(settings, "lookup", {secret: '{"username": "app", "password": "app"}'}.__getitem__)
    db.hang_up()
    look()
    db.hang_up()
    monkeypatch.delenv("DATABASE_SECRET")
    with pytest.raises(DatabaseError, match="28P01"):
        look()


def test_what_is_put_ahead_goes_first_and_only_once(connection: Connection) -> None:
    connection.start([], each=False)
    connection.defer("select set_config('trial.deferred', current_setting('trial.ahead'), true)")
    for text in ("replaced", "first"):
        connection.put_ahead("select set_config('trial.ahead', $1, true)", (text,))
    assert connection.execute("select current_setting('trial.deferred')").rows == [["first"]]
    connection.rollback()


def test_nothing_goes_ahead_of_what_is_sent(connection: Connection) -> None:
    connection.start([], each=False)
    connection.execute("select 1")
    assert connection.is_sent
    with pytest.raises(RuntimeError, match="too late"):
        connection.put_ahead("select 2")
    connection.rollback()
