"""Transactions: whose rows are seen, what is kept after an error, which values survive.

Everything here holds on two paths: our batches, and pg8000's own way of three round trips a statement. Batching saves
round trips and changes no result.
"""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.core import db
from shared.core.db import Scope
from shared.core.postgres import Connection, DatabaseError, Statement
from tests.support import client, notes
from tests.support.database import Database
from tests.support.notes import ASHA, BALU, NO_TENANT, STAFF_SCOPE, bodies

INSERT = "insert into trial.notes (tenant_id, body) values ($1, $2)"
PLACED = "insert into trial.notes (tenant_id, body, place) values ($1, $2, 1)"  # `place` is unique, judged at commit


def one_by_one(self: Connection, batch: Sequence[Statement]) -> Any:
    """In place of Connection._exchange: each statement by pg8000's own method."""
    context = None
    if self._each:
        self.execute_simple("begin")
    try:
        for sql, values in batch:
            if self._each and sql.startswith("call"):  # a meter commits
                self.execute_simple("commit")
                self.execute_unnamed(sql, values)
                self.execute_simple("begin")
                continue
            context = self.execute_unnamed(sql, values)
        if self._each:
            self.execute_simple("commit")
    except DatabaseError:
        if self._each:
            self.execute_simple("rollback")
        raise
    return context


@pytest.fixture(params=["batched", "stock"], autouse=True)
def path(request: pytest.FixtureRequest, noted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "stock":
        monkeypatch.setattr(Connection, "_exchange", one_by_one)


def write(*texts: str, scope: Scope = ASHA) -> None:
    with db.transaction(scope) as connection:
        for text in texts:
            connection.execute(INSERT, (scope.tenant_id, text))


def seen(scope: Scope) -> list[str]:
    with db.reading(scope) as connection:
        return [row[0] for row in connection.execute("select body from trial.notes order by body").rows]


# Tenants


def test_a_tenant_sees_its_rows_and_nobody_else_does() -> None:
    write("hers")
    assert (seen(ASHA), seen(BALU), seen(NO_TENANT)) == (["hers"], [], [])
    with db.transaction(BALU) as connection:
        assert connection.execute("select from trial.notes").row_count == 0


def test_every_statement_of_a_reading_belongs_to_the_tenant() -> None:
    write("hers")
    with db.reading(ASHA) as connection:
        assert [connection.execute("select body from trial.notes").rows for _ in range(3)] == [[["hers"]]] * 3


def test_another_tenants_rows_are_neither_changed_nor_deleted(noted: Database) -> None:
    write("hers")
    with db.transaction(BALU) as connection:
        assert connection.execute("update trial.notes set body = 'stolen'").row_count == 0
        assert connection.execute("delete from trial.notes").row_count == 0
    assert bodies(noted) == ["hers"]


@pytest.mark.parametrize("scope", [BALU, NO_TENANT])
def test_a_row_with_a_forged_tenant_is_refused(noted: Database, scope: Scope) -> None:
    with pytest.raises(DatabaseError) as caught, db.transaction(scope) as connection:
        connection.execute(INSERT, (ASHA.tenant_id, "forged"))
    assert db.sqlstate(caught.value) == "42501"
    assert bodies(noted) == []


def test_a_row_cannot_be_given_away(noted: Database) -> None:
    write("hers")
    with pytest.raises(DatabaseError) as caught, db.transaction(ASHA) as connection:
        connection.execute("update trial.notes set tenant_id = $1", (BALU.tenant_id,))
    assert db.sqlstate(caught.value) == "42501"


@pytest.mark.parametrize("fails", [False, True])
def test_the_tenant_is_gone_after_the_transaction(fails: bool) -> None:
    write("hers")
    try:
        with db.transaction(STAFF_SCOPE._replace(tenant_id=ASHA.tenant_id)) as connection:
            connection.execute("select 1/0" if fails else "select 1")
    except DatabaseError:
        assert fails
    connection = db.connected()
    connection.start([], each=True)
    left = connection.execute("select current_setting('app.tenant_id', true), current_user::text").rows
    assert left == [["", "app"]]
    assert connection.execute("select body from trial.notes").rows == []


def test_the_staff_switch_admits_every_row_for_one_transaction() -> None:
    write("hers")
    write("his", scope=BALU)
    assert seen(STAFF_SCOPE) == ["hers", "his"]
    assert seen(ASHA) == ["hers"]
    with db.transaction(STAFF_SCOPE) as connection:
        assert connection.execute("update trial.notes set body = body || '!'").row_count == 2


def test_the_role_of_the_functions_cannot_leave_row_level_security() -> None:
    for statement in (
        "set row_security = off",
        "alter table trial.notes no force row level security",
        "set role postgres",
    ):
        with pytest.raises(DatabaseError), db.transaction(BALU) as connection:
            connection.execute(statement)
            connection.execute("select body from trial.notes")


# Errors


def test_what_is_committed_is_there(noted: Database) -> None:
    write("one", "two")
    assert bodies(noted) == ["one", "two"]


def test_an_exception_takes_everything_back(noted: Database) -> None:
    with pytest.raises(ZeroDivisionError), db.transaction(ASHA) as connection:
        connection.execute(INSERT, (ASHA.tenant_id, "one"))
        connection.defer(INSERT, (ASHA.tenant_id, "two"))
        raise ZeroDivisionError
    assert bodies(noted) == []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_error_in_any_statement_takes_everything_back(noted: Database, number: int) -> None:
    before = db.connected()
    statements: list[tuple[str, tuple[object, ...]]] = [(INSERT, (ASHA.tenant_id, f"note {n}")) for n in range(2)]
    statements.insert(number, ("select 1 / $1::integer", (0,)))
    with pytest.raises(DatabaseError) as caught, db.transaction(ASHA) as connection:
        for sql, values in statements:
            connection.execute(sql, values)
    assert db.sqlstate(caught.value) == "22012"
    assert bodies(noted) == []
    write("after")
    assert db.connected() is before


def test_an_error_in_a_deferred_statement_appears_with_the_next(noted: Database) -> None:
    with pytest.raises(DatabaseError) as caught, db.transaction(ASHA) as connection:
        connection.execute(INSERT, (ASHA.tenant_id, "one"))
        connection.defer("select 1/0")
        connection.execute(INSERT, (ASHA.tenant_id, "two"))
    assert db.sqlstate(caught.value) == "22012"
    assert bodies(noted) == []


def test_an_error_in_a_deferred_statement_appears_at_the_latest_with_the_commit(noted: Database) -> None:
    write("taken")
    with pytest.raises(DatabaseError) as caught, db.transaction(ASHA) as connection:
        connection.execute(INSERT, (ASHA.tenant_id, "fine"))
        connection.defer(INSERT, (ASHA.tenant_id, "taken"))
    assert db.violated(caught.value) == "notes_body_key"
    assert bodies(noted) == ["taken"]


def test_an_error_of_the_commit_itself_takes_everything_back(noted: Database) -> None:
    with pytest.raises(DatabaseError) as caught, db.transaction(ASHA) as connection:
        connection.execute(PLACED, (ASHA.tenant_id, "one"))
        connection.execute(PLACED, (ASHA.tenant_id, "two"))
    assert db.violated(caught.value) == "notes_place_key"
    assert bodies(noted) == []
    write("after")


def test_a_swallowed_error_cannot_be_committed(noted: Database) -> None:
    with pytest.raises(DatabaseError, match="cannot be committed"), db.transaction(ASHA) as connection:
        connection.execute(INSERT, (ASHA.tenant_id, "one"))
        with pytest.raises(DatabaseError):
            connection.execute("select 1/0")
        connection.defer(INSERT, (ASHA.tenant_id, "two"))
    assert bodies(noted) == []


def test_after_a_swallowed_error_nothing_more_runs() -> None:
    with pytest.raises(DatabaseError) as caught, db.transaction(ASHA) as connection:
        with pytest.raises(DatabaseError):
            connection.execute("select 1/0")
        connection.execute(INSERT, (ASHA.tenant_id, "two"))
    assert db.sqlstate(caught.value) == "25P02"


def test_reading_goes_on_after_an_error() -> None:
    write("one")
    with db.reading(ASHA) as connection:
        with pytest.raises(DatabaseError):
            connection.execute("select 1/0")
        assert connection.execute("select body from trial.notes").rows == [["one"]]


def test_reading_cannot_write(noted: Database) -> None:
    with pytest.raises(DatabaseError) as caught, db.reading(ASHA) as connection:
        connection.execute(INSERT, (ASHA.tenant_id, "one"))
    assert db.sqlstate(caught.value) == "25006"
    assert bodies(noted) == []
    write("but a transaction can")


def test_a_wrong_number_of_values_is_an_error_and_nothing_else() -> None:
    with pytest.raises(DatabaseError), db.transaction(ASHA) as connection:
        connection.execute(INSERT, (ASHA.tenant_id,))
    write("after")


@pytest.mark.parametrize(
    ("statement", "state", "constraint"),
    [
        ("selec 1", "42601", None),
        ("select 1/0", "22012", None),
        ("insert into trial.notes (tenant_id, body) values ('{tenant}', 'taken')", "23505", "notes_body_key"),
        (
            "insert into trial.notes (tenant_id, body, amount) values ('{tenant}', 'b', 1e12)",
            "22003",
            None,
        ),
        (
            "insert into trial.notes (tenant_id, body, amount) values ('{tenant}', 'b', 'NaN')",
            "23514",
            "notes_amount_check",
        ),
        ("insert into trial.notes (tenant_id) values ('{tenant}')", "23502", None),
        (
            "insert into refresh_tokens values ('x', '{tenant}', '{tenant}', '2026-01-01')",
            "23503",
            "refresh_tokens_tenant_id_fkey",
        ),
        ("select 'x'::uuid", "22P02", None),
        ("select chr(0)", "54000", None),
    ],
)
def test_an_error_tells_its_sqlstate_and_constraint(statement: str, state: str, constraint: str | None) -> None:
    write("taken")
    with pytest.raises(DatabaseError) as caught, db.transaction(ASHA) as connection:
        connection.execute(statement.format(tenant=ASHA.tenant_id))
    assert (db.sqlstate(caught.value), db.violated(caught.value)) == (state, constraint)


def test_an_error_that_no_server_sent_has_no_sqlstate() -> None:
    assert db.sqlstate(DatabaseError("ours")) == ""
    assert db.violated(DatabaseError("ours")) is None


# Sessions


def session(database: Database) -> tuple[Scope, datetime]:
    """The scope of a signed-in owner, and now."""
    account = client.sign_up().account
    [[id_]] = database.run("select id from user_sessions where user_id = :user", user=account["user"]["id"])
    now = datetime.now(UTC)
    return Scope(UUID(account["tenant"]["id"]), guard="session", guard_id=UUID(str(id_)), at=now), now


def test_a_session_that_holds_lets_the_statement_run(noted: Database) -> None:
    scope, _ = session(noted)
    write("one", scope=scope)
    assert seen(scope) == ["one"]


def test_a_session_that_ended_stops_the_first_statement_in_its_own_flush(noted: Database) -> None:
    held, now = session(noted)
    other, _ = session(noted)
    ended, _ = session(noted)
    noted.run("update user_sessions set revoked_at = created_at where id = :id", id=ended.guard_id)
    expired = held._replace(at=now + timedelta(days=31))
    strangers = held._replace(guard_id=other.guard_id)
    unknown = held._replace(guard_id=uuid4())
    for scope in (ended, expired, strangers, unknown):
        for work in (write, seen):
            with pytest.raises(DatabaseError) as caught:
                work("one", scope=scope) if work is write else seen(scope)
            assert db.sqlstate(caught.value) == db.SESSION_ENDED
    assert bodies(noted) == []


# Values


@pytest.mark.parametrize(
    "given",
    [
        notes.WholeRow("plain", None, None, None, None, None),
        notes.WholeRow(
            "100 %s %% $1 ' \" \\ ₹ हिन्दी 😀\n",
            Decimal("123456789012.123456789012"),
            {"é": [1, None, "x", {"y": 1.5}], "s": "'"},
            datetime(2026, 11, 20, 7, 15, 30, 123456, UTC),
            ["a", "b,c", 'q"uote', "back\\slash", "{brace}", "", " ", "null", "NULL", "हि"],
            bytes(range(256)),
        ),
        notes.WholeRow("", Decimal("-0.000000000001"), {}, datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC), [], b""),
    ],
    ids=["nulls", "awkward", "empty"],
)
def test_values_survive(given: notes.WholeRow) -> None:
    with db.transaction(ASHA) as connection:
        back = notes.add_whole(connection, id=uuid4(), tenant=UUID(int=1), **given._asdict())
    assert back == given
    assert str(back.amount) == str(given.amount) or back.amount == given.amount


def test_a_time_in_another_zone_comes_back_as_the_same_moment_in_utc() -> None:
    kolkata = datetime(2026, 11, 20, 12, 45, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with db.reading(ASHA) as connection:
        [[back]] = connection.execute("select $1::timestamptz", (kolkata,)).rows
    assert back == kolkata
    assert back.utcoffset() == timedelta()


@pytest.mark.parametrize("text", ["0", "1E-12", "0.1", "999999999999.999999999999", "-1.10", "1E+11", "0E-12"])
def test_decimals_are_exact(text: str) -> None:
    with db.reading(ASHA) as connection:
        [[back]] = connection.execute("select $1::numeric(24,12)", (Decimal(text),)).rows
    assert isinstance(back, Decimal)
    assert back == Decimal(text)


def test_ids_and_lists_of_ids_survive() -> None:
    ids = [uuid4() for _ in range(3)]
    with db.reading(ASHA) as connection:
        assert connection.execute("select $1::uuid", (ids[0],)).rows == [[ids[0]]]
        assert connection.execute("select $1::uuid[]", (ids,)).rows == [[ids]]
        assert connection.execute("select unnest($1::uuid[])", ([],)).rows == []
        assert connection.execute("select $1::bigint[], $2::boolean[]", ([1, -2], [True, False])).rows == [
            [[1, -2], [True, False]]
        ]


def test_numbers_of_rows_are_told() -> None:
    write("one", "two")
    with db.transaction(ASHA) as connection:
        assert connection.execute("update trial.notes set amount = 1").row_count == 2
        assert connection.execute("delete from trial.notes where body = 'none'").row_count == 0
        assert connection.execute("select from trial.notes").row_count == 2


# Threads


def test_every_thread_has_its_own_connection() -> None:
    found: list[object] = []

    def look() -> None:
        with db.reading(ASHA) as connection:
            found.extend(connection.execute("select pg_backend_pid()").rows)
        db.hang_up()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({str(row) for row in found}) == 4
