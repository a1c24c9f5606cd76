"""At most one effect per Idempotency-Key, seen through the harness."""

import threading
from collections.abc import Callable, Mapping
from uuid import uuid4

import pytest

from shared.core import db
from shared.entry.http import Api
from tests.support import client
from tests.support.client import Answer, Client
from tests.support.database import Database
from tests.support.endpoint import NoteRefused, refuse_note, rename_note, save_note, send
from tests.support.notes import bodies


def keyed(key: str) -> Mapping[str, str]:
    return {"Idempotency-Key": key}


@pytest.fixture
def save(noted: Database) -> Api:
    return save_note()


def test_a_replay_repeats_status_and_body_and_has_no_effect(save: Api, owner: Client, noted: Database) -> None:
    first = send(save, owner, json={"body": "नोट 1"}, headers=keyed("k"))
    again = send(save, owner, json={"body": "नोट 1"}, headers=keyed("k"))
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert bodies(noted) == ["नोट 1"]


def test_a_key_costs_no_round_trip(save: Api, owner: Client, noted: Database) -> None:
    send(save, owner, json={"body": "warm"})
    before = noted.proxy.round_trips
    assert send(save, owner, json={"body": "one"}, headers=keyed("k")).status == 201
    assert noted.proxy.round_trips - before == 2


def test_an_answer_without_a_body_is_replayed(owner: Client, noted: Database) -> None:
    api = Api(scope="quotes:write")

    @api.delete("/api/notes")
    def clear() -> None:
        api.call.connection.execute("delete from trial.notes")

    answers = [send(api, owner, headers=keyed("k")) for _ in range(2)]
    assert [(answer.status, answer.body) for answer in answers] == [(204, b"")] * 2
    assert answers[1].headers["idempotency-replayed"] == "true"


def test_another_body_under_the_same_key_is_refused(save: Api, owner: Client, noted: Database) -> None:
    send(save, owner, json={"body": "one"}, headers=keyed("k"))
    other = send(save, owner, json={"body": "two"}, headers=keyed("k"))
    assert (other.status, other.json["type"]) == (422, "/problems/idempotency-key-reused")
    assert bodies(noted) == ["one"]


def test_another_path_or_query_under_the_same_key_is_refused(owner: Client, noted: Database) -> None:
    save, rename = save_note(), rename_note()
    first, second = (send(save, owner, json={"body": body}).json["id"] for body in ("one", "two"))
    given = {"json": {"body": "new"}, "headers": keyed("k")}
    assert send(rename, owner, path={"note_id": first}, **given).status == 200  # type: ignore[arg-type]
    other = send(rename, owner, path={"note_id": second}, **given)  # type: ignore[arg-type]
    assert (other.status, other.json["type"]) == (422, "/problems/idempotency-key-reused")


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_a_key_has_1_to_255_characters(save: Api, owner: Client, noted: Database, key: str) -> None:
    answer = send(save, owner, json={"body": "one"}, headers=keyed(key))
    assert (answer.status, answer.json["type"]) == (400, "/problems/idempotency-key-required")
    assert bodies(noted) == []
    assert send(save, owner, json={"body": "one"}, headers=keyed("k" * 255)).status == 201


def test_a_key_may_be_demanded(owner: Client, noted: Database) -> None:
    demanding = save_note(idempotency="required")
    refused = send(demanding, owner, json={"body": "one"})
    assert (refused.status, refused.json["type"]) == (400, "/problems/idempotency-key-required")
    assert send(demanding, owner, json={"body": "one"}, headers=keyed("k")).status == 201


def test_a_first_try_that_failed_frees_the_key(save: Api, owner: Client, noted: Database) -> None:
    send(save, owner, json={"body": "taken"})
    assert send(save, owner, json={"body": "taken"}, headers=keyed("k")).status == 409
    assert send(save, owner, json={"body": "free"}, headers=keyed("k")).status == 201


def test_a_refusal_that_keeps_what_was_written_frees_the_key(owner: Client, noted: Database) -> None:
    refuse = refuse_note(NoteRefused)
    for number in (1, 2):
        answer = send(refuse, owner, json={"body": f"attempt {number}"}, headers=keyed("k"))
        assert (answer.status, answer.json["type"]) == (409, "/problems/note-refused")
    assert bodies(noted) == ["attempt 1", "attempt 2"]


def test_keys_of_another_tenant_user_or_operation_are_others(save: Api, owner: Client, noted: Database) -> None:
    made = send(save, owner, json={"body": "one"}, headers=keyed("k"))
    calls: list[Callable[[], Answer]] = [
        lambda: send(save, client.sign_up(), json={"body": "two"}, headers=keyed("k")),
        lambda: send(save, owner, json={"body": "three"}, headers=keyed("k"), user_id=str(uuid4())),
        lambda: send(
            rename_note(), owner, json={"body": "four"}, path={"note_id": made.json["id"]}, headers=keyed("k")
        ),
    ]
    for call in calls:
        answer = call()
        assert answer.status in (200, 201)
        assert "idempotency-replayed" not in answer.headers


def test_a_read_takes_no_key(owner: Client, noted: Database) -> None:
    api = Api(scope="quotes:read", reads=True)

    @api.post("/api/notes/count")
    def count() -> int:
        return len(bodies(noted))

    answers = [send(api, owner, headers=keyed("k"))]
    noted.run("insert into trial.notes (tenant_id, body) values (gen_random_uuid(), 'x')")
    answers.append(send(api, owner, headers=keyed("k")))
    assert [answer.json for answer in answers] == [0, 1]


def test_racing_twins_have_one_effect_and_equal_answers(owner: Client, noted: Database) -> None:
    start = threading.Barrier(8)
    answers: list[Answer] = []

    def race() -> None:
        api = save_note()  # as in a Lambda of its own
        start.wait()
        answers.append(send(api, owner, json={"body": "once"}, headers=keyed("twins")))
        db.hang_up()

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(answer.status, answer.body) for answer in answers} == {(201, answers[0].body)}
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert bodies(noted) == ["once"]


def test_a_stored_answer_belongs_to_its_tenant(save: Api, owner: Client, noted: Database) -> None:
    send(save, owner, json={"body": "one"}, headers=keyed("k"))
    with db.reading(db.Scope(uuid4())) as connection:
        assert connection.execute("select from idempotency_keys").row_count == 0


def test_an_admins_own_key_is_apart_from_what_he_did_in_a_users_name(admin: Client, noted: Database) -> None:
    """Staff see the rows of every tenant, so the statements say which one they mean."""
    api = Api(audience="admin")

    @api.post("/api/double")
    def double() -> str:
        api.call.connection.execute("select")
        return "own"

    holder = admin.account["admin"]["id"]
    noted.run(
        "insert into idempotency_keys"
        " values (gen_random_uuid(), :holder, 'POST /api/double', 'k', '', now(), 200, '1')",
        holder=holder,
    )
    answers = [send(api, admin, headers=keyed("k")) for _ in range(2)]
    assert [answer.json for answer in answers] == ["own"] * 2
    assert answers[1].headers["idempotency-replayed"] == "true"
    kept = noted.run("select body from idempotency_keys where user_id = :holder order by body", holder=holder)
    assert kept == [['"own"'], ["1"]]
