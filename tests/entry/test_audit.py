"""Audit rows: one for each change, in its transaction, and nobody alters or sees another tenant's."""

import uuid

import pytest

from shared.core import db
from shared.core.db import DatabaseError, Scope
from shared.core.errors import Conflict, Forbidden
from shared.entry.http import Api
from tests.support import factors
from tests.support.client import Client, sign_up
from tests.support.database import Database
from tests.support.endpoint import NoteIn, NoteRefused, find_notes, refuse_note, rename_note, save_note, send

TABLES = "audit_logs", "auth_audit_logs"
APPEND_ONLY, NOT_PERMITTED = "P0001", "42501"


def tenant(caller: Client) -> uuid.UUID:
    return uuid.UUID(caller.account["tenant"]["id"])


def noted_of(caller: Client, database: Database) -> list[str]:
    """The operations in the tenant's log."""
    found = database.run("select operation from audit_logs where tenant_id = :id order by id", id=tenant(caller))
    return [str(operation) for [operation] in found]


def test_the_row_belongs_to_the_transaction_of_the_change(owner: Client, noted: Database) -> None:
    send(save_note(), owner, json={"body": "one"})
    [[together]] = noted.run(
        "select notes.xmin::text = audit_logs.xmin::text from trial.notes join audit_logs using (tenant_id)"
    )
    assert together is True


def test_it_says_who_did_what_to_what_when_and_from_where(owner: Client, noted: Database) -> None:
    made = send(save_note(), owner, json={"body": "one"}).json["id"]
    send(rename_note(), owner, path={"note_id": made}, json={"body": "two"})
    rows = noted.run(
        "select user_id::text, api_key_id, operation, target, client_ip, length(request_id), at > '2026-01-01Z'"
        " from audit_logs where tenant_id = :id order by at, id",
        id=tenant(owner),
    )
    user = owner.account["user"]["id"]
    assert rows == [
        [user, None, "POST /api/notes", "/api/notes", "127.0.0.1", 32, True],
        [user, None, "PATCH /api/notes/{note_id}", f"/api/notes/{made}", "127.0.0.1", 32, True],
    ]


def test_the_request_id_is_the_instance_that_callers_are_told(owner: Client, noted: Database) -> None:
    save = save_note()
    send(save, owner, json={"body": "one"})
    accepted = save.call.request_id
    refused = send(save, owner, json={"body": "one"})
    assert refused.json["instance"] == save.call.request_id != accepted
    assert noted.run("select request_id from audit_logs where tenant_id = :id", id=tenant(owner)) == [[accepted]]


def test_refused_failed_and_read_leave_none(owner: Client, noted: Database) -> None:
    api = Api(scope="quotes:write")

    @api.post("/api/broken", status=201)
    def break_down(note: NoteIn) -> None:
        api.call.connection.execute("select")
        raise ZeroDivisionError

    answers = [
        send(save_note(), owner, json={"nope": 1}),
        send(save_note(), owner, json={"body": "one"}, role="viewer"),
        send(refuse_note(Conflict), owner, json={"body": "one"}),
        send(refuse_note(NoteRefused), owner, json={"body": "one"}),
        send(api, owner, json={"body": "one"}),
        send(find_notes(), owner),
    ]
    assert [answer.status for answer in answers] == [422, 403, 409, 409, 500, 200]
    assert noted_of(owner, noted) == []


def test_a_repeat_leaves_none(owner: Client, noted: Database) -> None:
    save = save_note()
    answers = [send(save, owner, json={"body": "one"}, headers={"idempotency-key": "k"}) for _ in range(2)]
    assert [answer.headers.get("idempotency-replayed") for answer in answers] == [None, "true"]
    assert noted_of(owner, noted) == ["POST /api/notes"]


def test_an_answer_that_holds_a_secret_is_noted_but_not_kept(owner: Client, noted: Database) -> None:
    """An Idempotency-Key means nothing there: the answer could not be repeated without storing it."""
    save = save_note(secret=True)
    answers = [send(save, owner, json={"body": text}, headers={"idempotency-key": "k"}) for text in ("one", "two")]
    assert [answer.status for answer in answers] == [201, 201]
    assert noted_of(owner, noted) == ["POST /api/notes"] * 2
    assert noted.run("select from idempotency_keys where tenant_id = :id", id=tenant(owner)) == []


def add_rows(owner: Client, database: Database) -> None:
    ids = {"id": uuid.uuid4(), "tenant": tenant(owner), "user": owner.account["user"]["id"]}
    database.run(
        "insert into audit_logs values (:id, :tenant, :user, null, 'POST /', '/', 'r', '127.0.0.1', '2026-01-01Z')",
        **ids,
    )
    database.run(
        "insert into auth_audit_logs values (:id, :tenant, :user, 'signed_in', '127.0.0.1', '', '2026-01-01Z')", **ids
    )


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["update {} set at = at", "delete from {}", "truncate {}"])
def test_nobody_alters_a_row_not_even_the_tables_owner(
    table: str, statement: str, owner: Client, database: Database
) -> None:
    add_rows(owner, database)
    sql = statement.format(table)
    with pytest.raises(db.DatabaseError) as refusal:
        database.run(sql)
    assert db.sqlstate(refusal.value) == APPEND_ONLY
    for scope in (Scope(tenant(owner)), Scope(staff=True)):
        with pytest.raises(DatabaseError) as denial, db.transaction(scope) as connection:
            connection.execute(sql)
        assert db.sqlstate(denial.value) == NOT_PERMITTED


@pytest.mark.parametrize("table", TABLES)
def test_a_tenant_sees_its_own_rows_alone(table: str, owner: Client, database: Database) -> None:
    for caller in (owner, sign_up()):
        add_rows(caller, database)
        with db.reading(Scope(tenant(caller))) as connection:
            found = {row[0] for row in connection.execute(f"select tenant_id from {table}").rows}
        assert found == {tenant(caller)}


@pytest.mark.parametrize("table", TABLES)
def test_a_tenant_cannot_write_into_anothers_log(table: str, owner: Client, database: Database) -> None:
    add_rows(owner, database)
    with pytest.raises(DatabaseError) as refusal, db.transaction(Scope(tenant(owner))) as connection:
        connection.execute(
            f"insert into {table} select (jsonb_populate_record(kept, $1)).* from {table} as kept limit 1",
            ({"id": str(uuid.uuid4()), "tenant_id": str(uuid.uuid4())},),
        )
    assert db.sqlstate(refusal.value) == NOT_PERMITTED


class NotYours(Forbidden):
    title = "A use case says no"


def test_what_a_use_case_refuses_to_an_admin_is_in_his_log(admin: Client, noted: Database) -> None:
    api = Api(audience="admin")

    @api.post("/api/refused-notes", status=201)
    def refuse() -> None:
        raise NotYours

    assert send(api, admin).json["type"] == "/problems/not-yours"
    assert outcomes(admin, noted) == ["refused"]


def test_a_factor_that_is_too_old_is_in_the_admins_log(admin: Client, noted: Database) -> None:
    factors.enable_of_admin(admin)
    noted.run("update admin_sessions set factor_at = null where admin_id = :id", id=admin.account["admin"]["id"])
    api = Api(audience="admin", step_up=True)

    @api.post("/api/refused-notes", status=201)
    def do_nothing() -> None:
        """The commit finds the factor too old."""

    before = len(outcomes(admin, noted))
    assert send(api, admin).json["type"] == "/problems/step-up-required"
    assert outcomes(admin, noted)[before:] == ["refused"]


def outcomes(admin: Client, database: Database) -> list[object]:
    sql = "select outcome from admin_audit_logs where admin_id = :id order by at, id"
    return [row[0] for row in database.run(sql, id=admin.account["admin"]["id"])]


@pytest.mark.parametrize("table", ["admin_audit_logs", "admin_login_audit_logs"])
@pytest.mark.parametrize("statement", ["update {} set at = now()", "delete from {}", "truncate {}"])
def test_nobody_alters_the_logs_of_admins(table: str, statement: str, admin: Client, database: Database) -> None:
    admin.post("/api/admin/logout")
    sql = statement.format(table)
    with pytest.raises(db.DatabaseError) as refusal:
        database.run(sql)
    assert db.sqlstate(refusal.value) == APPEND_ONLY
    with pytest.raises(DatabaseError) as refusal, db.transaction(Scope(staff=True)) as connection:
        connection.execute(sql)
    assert db.sqlstate(refusal.value) == NOT_PERMITTED
