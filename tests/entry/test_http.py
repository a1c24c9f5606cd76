"""The life of a request in the harness: who may call, what is judged when, what a failure tells and keeps."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel

from local.children import wait_until
from shared.core import db, outbox, settings
from shared.core.errors import Conflict, Forbidden, Limited, Problem
from shared.core.files import Pdf
from shared.entry.http import Api
from tests.support import admins, client, lambdas, notes
from tests.support.client import Answer, Client
from tests.support.database import Database, port_of
from tests.support.endpoint import (
    BodyTaken,
    NoteIn,
    NoteOut,
    NoteRefused,
    find_notes,
    received,
    refuse_note,
    rename_note,
    save_note,
    send,
)
from tests.support.notes import bodies
from tests.support.ports import closed_port

HEADERS = {
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
}
WRONG = {"body": 5, "nope": 1}


@pytest.fixture
def save(noted: Database) -> Api:
    return save_note()


def problem(answer: Answer) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["status"] == answer.status
    return answer.status, answer.json["type"].removeprefix("/problems/")


# Who may call: judged before anything of the request


def test_a_signed_in_user_with_the_scope_is_let_in(save: Api, owner: Client, noted: Database) -> None:
    answer = send(save, owner, json={"body": "one"})
    assert (answer.status, answer.json["body"]) == (201, "one")
    assert bodies(noted) == ["one"]


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"auth": "invalid"},
        {"auth": "expired", "expires_at": "1"},
        {"auth": "ok", "expires_at": "1"},
        {"auth": "OK", "expires_at": "9999999999"},
        {"user_id": str(UUID(int=1)), "expires_at": "9999999999"},
    ],
)
def test_401_comes_before_422(save: Api, claims: dict[str, str]) -> None:
    assert problem(send(save, json=WRONG, **claims)) == (401, "unauthenticated")


def test_a_token_that_expired_since_the_authorizer_looked_is_refused(save: Api, owner: Client) -> None:
    """The gateway keeps the authorizer's answer for five minutes."""
    now = int(datetime.now(UTC).timestamp())
    expired = send(save, owner, json=WRONG, expires_at=str(now - 1))
    assert problem(expired) == (401, "unauthenticated")
    assert "refresh" in expired.json["detail"]
    assert send(save, owner, json={"body": "one"}, expires_at=str(now + 60)).status == 201


def test_403_comes_before_422(save: Api, owner: Client) -> None:
    answer = send(save, owner, json=WRONG, role="viewer")
    assert problem(answer) == (403, "forbidden")
    assert answer.json["scope"] == "quotes:write"


@pytest.mark.parametrize("role", ["", "Owner", "root", "stranger"])
def test_an_unknown_role_has_no_scope(save: Api, owner: Client, role: str) -> None:
    assert problem(send(save, owner, json={"body": "one"}, role=role)) == (403, "forbidden")


def test_a_token_of_another_audience_is_refused(save: Api, owner: Client, admin: Client) -> None:
    assert problem(send(save, admin, json=WRONG)) == (403, "wrong-audience")
    assert problem(send(save_note(audience="admin", scope=None), owner, json=WRONG)) == (403, "wrong-audience")
    assert send(save_note(audience="both"), owner, json={"body": "one"}).status == 201
    assert problem(send(save_note(audience="both"), admin, json=WRONG)) == (422, "invalid"), "it is for him too"


def test_an_admin_needs_the_permission(admin: Client, database: Database) -> None:
    save, viewer = save_note(audience="both", permission="create_ticket"), admins.new_admin(database, "support_viewer")
    answer = send(save, viewer, json=WRONG)
    assert problem(answer) == (403, "forbidden")
    assert answer.json["permission"] == "create_ticket"
    assert problem(send(save, viewer, json=WRONG, granted="create_ticket")) == (422, "invalid")
    assert problem(send(save, viewer, json=WRONG, granted="no_such_thing")) == (403, "forbidden")
    assert problem(send(save, admin, json=WRONG)) == (422, "invalid")


def test_an_operation_cannot_ask_for_a_permission_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="permission"):
        Api(audience="admin", permission="create_stuff")


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "x-viewer-address", "true-client-ip", "forwarded"])
def test_no_header_of_a_caller_tells_his_address(header: str, save: Api, owner: Client) -> None:
    send(save, owner, json={"body": "one"}, headers={header: "203.0.113.9"})
    assert save.call.client_ip == "127.0.0.1"


def test_the_edge_tells_the_callers_address_and_proves_itself(
    save: Api, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIEWER_SECRET", "known to the edge")
    told = {"x-viewer-address": "203.0.113.9"}
    for proof, believed in (("known to the edge", "203.0.113.9"), ("guessed", "127.0.0.1"), ("", "127.0.0.1")):
        send(save, owner, json={"body": proof or "none"}, headers=told | {"x-viewer-secret": proof})
        assert save.call.client_ip == believed


def test_an_operation_cannot_ask_for_a_scope_that_nobody_has() -> None:
    with pytest.raises(ValueError, match="no role"):
        Api(scope="quotes:wirte")


def test_a_public_operation_takes_no_notice_of_a_token(noted: Database) -> None:
    api = Api(public=True)

    @api.get("/api/whoami")
    def whoami() -> str:
        return str(api.call.actor.user_id)

    assert send(api, auth="ok", user_id=str(UUID(int=1))).json == "None"


def test_the_tenant_is_the_tokens_and_cannot_be_asked_for(save: Api, owner: Client) -> None:
    send(save, owner, json={"body": "hers"})
    assert [note["body"] for note in send(find_notes(), owner).json] == ["hers"]
    assert send(find_notes(), client.sign_up()).json == []
    assert problem(send(find_notes(), owner, query={"tenant_id": str(uuid4())})) == (422, "invalid")


# Sessions


def revoke(database: Database, caller: Client) -> None:
    user = caller.account["user"]["id"]
    database.run("update user_sessions set revoked_at = created_at where user_id = :user", user=user)


def test_a_revoked_session_neither_reads_nor_writes(save: Api, owner: Client, noted: Database) -> None:
    revoke(noted, owner)
    for api, given in ((save, {"body": "one"}), (find_notes(), None)):
        answer = send(api, owner, json=given)
        assert problem(answer) == (401, "unauthenticated")
        assert "ended" in answer.json["detail"]
    assert bodies(noted) == []


@pytest.mark.parametrize("reads", [False, True])
def test_a_revoked_session_is_found_where_no_statement_is_made(owner: Client, noted: Database, reads: bool) -> None:
    api = Api(scope="quotes:read", reads=reads)

    @api.post("/api/double")
    def double(note: NoteIn) -> str:
        return note.body * 2

    assert send(api, owner, json={"body": "a"}).json == "aa"
    revoke(noted, owner)
    assert problem(send(api, owner, json={"body": "a"})) == (401, "unauthenticated")


def test_a_revoked_session_is_found_where_everything_is_deferred(owner: Client, noted: Database) -> None:
    api = Api(scope="quotes:write")

    @api.post("/api/notes", status=201)
    def save_later(note: NoteIn) -> None:
        notes.add_later(api.call.connection, id=uuid4(), tenant=api.call.tenant_id, body=note.body)

    revoke(noted, owner)
    assert problem(send(api, owner, json={"body": "a"})) == (401, "unauthenticated")
    assert bodies(noted) == []


def test_finding_a_revoked_session_costs_no_round_trip(save: Api, owner: Client, noted: Database) -> None:
    find = find_notes()
    send(find, owner)
    before = noted.proxy.round_trips
    send(find, owner)
    assert noted.proxy.round_trips - before == 1
    send(save, owner, json={"body": "one"})
    assert noted.proxy.round_trips - before == 3


# What is answered


class NumbersIn(BaseModel):
    numbers: list[int]


@pytest.mark.parametrize("body", ['"' * 3_200_000, "ä" * 1_100_000, "x" * 6_400_000])
def test_what_cannot_be_sent_is_not_kept(owner: Client, noted: Database, body: str) -> None:
    """A Lambda's answer has 6 MB of JSON, in which the body is a text with its own escapes."""
    api, big = Api(scope="quotes:write"), [body]

    @api.post("/api/notes", status=201)
    def save_and_show(note: NoteIn) -> str:
        notes.add(api.call.connection, id=uuid4(), tenant=api.call.tenant_id, body=note.body, amount=None)
        return big.pop() if big else "saved"

    given, key = {"body": "a"}, {"idempotency-key": "one"}
    assert problem(send(api, owner, json=given, headers=key)) == (413, "too-large")
    assert bodies(noted) == []
    assert send(api, owner, json=given, headers=key).json == "saved", "the key is free"
    assert bodies(noted) == ["a"]


def test_what_can_just_be_sent_is(owner: Client) -> None:
    api = Api(scope="quotes:read", database=False)

    @api.get("/api/notes")
    def show() -> str:
        return "x" * 6_287_000

    assert len(json.dumps(send(api, owner).json)) == 6_287_002


def test_of_thousands_of_wrong_inputs_the_first_are_named(owner: Client, noted: Database) -> None:
    api = Api(scope="quotes:write")

    @api.post("/api/notes")
    def count(given: NumbersIn) -> int:
        return len(given.numbers)

    answer = send(api, owner, json={"numbers": ["x"] * 5000})
    assert problem(answer) == (422, "invalid")
    assert answer.json["detail"] == "5000 input(s) to correct: errors has the first 250"
    assert [error["pointer"] for error in answer.json["errors"]] == [f"#/numbers/{n}" for n in range(250)]


# What is asked


def test_each_wrong_field_is_named_by_a_pointer(save: Api, owner: Client) -> None:
    answer = send(save, owner, json=WRONG)
    assert problem(answer) == (422, "invalid")
    assert {error["pointer"] for error in answer.json["errors"]} == {"#/body", "#/nope"}
    assert all(error["detail"] for error in answer.json["errors"])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"body": "\\ud800"}', b"{}" * 2])
def test_a_body_of_another_shape_is_refused(save: Api, owner: Client, body: bytes) -> None:
    assert problem(send(save, owner, body=body)) == (422, "invalid")


def test_an_unknown_or_wrong_query_field_is_named(owner: Client, noted: Database) -> None:
    answer = send(find_notes(), owner, query={"limit": "many", "nope": "1"})
    assert problem(answer) == (422, "invalid")
    assert {error["pointer"] for error in answer.json["errors"]} == {"#/query/limit", "#/query/nope"}


@pytest.mark.parametrize("id", ["x", "1", "0" * 32 + "-", "00000000-0000-0000-0000-00000000000g", " ", "..", "%00"])
def test_an_id_that_cannot_exist_is_404_before_the_body_is_judged(owner: Client, noted: Database, id: str) -> None:
    assert problem(send(rename_note(), owner, path={"note_id": id}, json=WRONG)) == (404, "not-found")


def test_an_id_that_does_not_exist_is_404(owner: Client, noted: Database) -> None:
    answer = send(rename_note(), owner, path={"note_id": str(uuid4())}, json={"body": "new"})
    assert problem(answer) == (404, "not-found")


def test_a_query_field_cannot_pose_as_the_path(owner: Client, noted: Database) -> None:
    made = send(save_note(), owner, json={"body": "one"}).json["id"]
    renamed = send(rename_note(), owner, path={"note_id": made}, query={"note_id": str(uuid4())}, json={"body": "two"})
    assert problem(renamed) == (422, "invalid")


# What fails


def test_a_problem_of_the_domain_takes_everything_back(save: Api, owner: Client, noted: Database) -> None:
    send(save, owner, json={"body": "one"})
    answer = send(save, owner, json={"body": "one"})
    assert problem(answer) == (409, "body-taken")
    assert answer.json["title"] == BodyTaken.title
    assert answer.json["instance"]
    assert problem(send(refuse_note(Conflict), owner, json={"body": "two"})) == (409, "conflict")
    assert bodies(noted) == ["one"]


def test_a_problem_may_keep_what_was_written(owner: Client, noted: Database) -> None:
    assert problem(send(refuse_note(NoteRefused), owner, json={"body": "kept"})) == (409, "note-refused")
    assert bodies(noted) == ["kept"]


def test_a_problem_that_passes_says_when_to_come_back(owner: Client, noted: Database) -> None:
    api = Api(scope="quotes:read")

    @api.get("/api/busy")
    def busy() -> None:
        raise Limited("slowly", retry_after=30)

    answer = send(api, owner)
    assert problem(answer) == (429, "limited")
    assert (answer.headers["retry-after"], answer.json["retry_after"]) == ("30", 30)


def test_500_says_nothing_and_takes_everything_back(
    owner: Client, noted: Database, caplog: pytest.LogCaptureFixture
) -> None:
    class Unexpected(Exception):
        pass

    api = Api(scope="quotes:write")

    @api.post("/api/notes", status=201)
    def fail(note: NoteIn) -> None:
        notes.add(api.call.connection, id=uuid4(), tenant=api.call.tenant_id, body=note.body, amount=None)
        raise Unexpected("the secret is 1234")

    with caplog.at_level(logging.ERROR):
        answer = send(api, owner, json={"body": "one"})
    assert problem(answer) == (500, "about:blank")
    assert b"1234" not in answer.body
    assert "the secret is 1234" in caplog.text
    assert bodies(noted) == []


@pytest.mark.parametrize("shape", [{"id": "x"}, "text", 5, [NoteIn(body="x")]])
def test_an_answer_of_another_shape_is_our_fault_and_has_no_effect(
    owner: Client, noted: Database, shape: object, caplog: pytest.LogCaptureFixture
) -> None:
    api = Api(scope="quotes:write")

    @api.post("/api/notes", status=201)
    def answer_wrongly(note: NoteIn) -> NoteOut:
        notes.add(api.call.connection, id=uuid4(), tenant=api.call.tenant_id, body=note.body, amount=None)
        return shape  # type: ignore[return-value]

    assert problem(send(api, owner, json={"body": "one"})) == (500, "about:blank")
    assert bodies(noted) == []


def test_every_answer_carries_the_headers_that_protect_browsers(save: Api, owner: Client) -> None:
    api = Api(scope="quotes:read")

    @api.get("/api/paper")
    def paper() -> Pdf:
        return Pdf(b"%PDF-", "paper.pdf")

    answers = [
        send(save, owner, json={"body": "one"}),
        send(save, owner, json=WRONG),
        send(save),
        send(save, owner, role="viewer"),
        send(save, owner, json={"body": "one"}),
        send(api, owner),
    ]
    assert [answer.status for answer in answers] == [201, 422, 401, 403, 409, 200]
    for answer in answers:
        assert HEADERS.items() <= answer.headers.items()
    assert answers[-1].headers["content-type"] == "application/pdf"
    assert answers[-1].headers["content-disposition"] == 'inline; filename="paper.pdf"'
    assert answers[-1].body == b"%PDF-"


# The database busy or away


def test_a_database_that_is_away_is_503_and_nothing_is_lost_when_it_is_back(
    save: Api, owner: Client, noted: Database
) -> None:
    send(save, owner, json={"body": "before"})
    with closed_port() as noted.proxy.upstream:
        noted.proxy.cut()
        try:
            for api, given in ((save, {"body": "away"}), (find_notes(), None)) * 2:
                answer = send(api, owner, json=given)
                assert problem(answer) == (503, "database-unavailable")
                assert answer.headers["retry-after"] == "5"
        finally:
            noted.proxy.upstream = port_of(noted.url)
    assert send(save, owner, json={"body": "after"}).status == 201
    assert bodies(noted) == ["after", "before"]


@pytest.mark.parametrize("reads", [False, True])
def test_a_secret_that_nobody_answers_about_is_503(
    owner: Client, noted: Database, monkeypatch: pytest.MonkeyPatch, reads: bool
) -> None:
    api, given = (find_notes(), None) if reads else (save_note(), {"body": "later"})
    with closed_port() as port, monkeypatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        patch.setenv("SESSION_SECRET", "arn:aws:secretsmanager:region:account:secret:pepper")
        db.hang_up()
        answer = send(api, owner, json=given)
        assert problem(answer) == (503, "secrets-unavailable")
        assert answer.headers["retry-after"] == "5"
        patch.setattr(settings, "lookup", {}.__getitem__)
        assert send(api, owner, json=given).status == 500, "there is no such secret"
    assert send(api, owner, json=given).status == api.route.status


@pytest.mark.parametrize("reads", [False, True])
def test_a_connection_lost_in_the_middle_is_503(owner: Client, noted: Database, reads: bool) -> None:
    api = Api(scope="quotes:write", reads=reads)

    @api.post("/api/cut")
    def cut() -> None:
        api.call.connection.execute("select 1")
        noted.proxy.cut()
        assert wait_until(api.call.connection.is_stale, seconds=5)
        if not reads:
            api.call.connection.execute(
                "insert into trial.notes (tenant_id, body) values ($1, 'x')", (api.call.tenant_id,)
            )

    answer = send(api, owner)
    assert answer.status == (200 if reads else 503)
    assert bodies(noted) == []


def test_a_refusal_is_answered_even_where_it_cannot_be_noted(
    admin: Client, noted: Database, caplog: pytest.LogCaptureFixture
) -> None:
    api = Api(audience="admin")

    @api.post("/api/refused-notes")
    def refuse() -> None:
        noted.proxy.upstream = nobody
        noted.proxy.cut()
        raise Forbidden

    with closed_port() as nobody:
        try:
            answer = send(api, admin)
        finally:
            noted.proxy.upstream = port_of(noted.url)
    assert problem(answer) == (403, "forbidden")
    assert f"the refusal of request {api.call.request_id} was not noted" in caplog.text


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("do $$ begin set local statement_timeout = '20ms'; perform pg_sleep(2); end $$", "statement timeout"),
        ("do $$ begin raise exception 'deadlock' using errcode = '40P01'; end $$", "deadlock"),
        ("do $$ begin raise exception 'full' using errcode = '53300'; end $$", "full"),
    ],
)
def test_a_busy_database_is_503(owner: Client, noted: Database, statement: str, said: str) -> None:
    api = Api(scope="quotes:write")

    @api.post("/api/slow")
    def slow() -> None:
        api.call.connection.execute("set local statement_timeout = '20ms'")
        api.call.connection.execute(statement)

    answer = send(api, owner)
    assert problem(answer) == (503, "database-unavailable")
    assert answer.headers["retry-after"] == "1"


# After the commit


class NoteSaved(BaseModel):
    body: str


@pytest.fixture
def unreachable_queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from shared.adapters import outbox_queue

    with closed_port() as port:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("OUTBOX_QUEUE_URL", f"http://127.0.0.1:{port}/1/outbox")
        outbox_queue._client.cache_clear()
        yield
    outbox_queue._client.cache_clear()


def test_a_relay_that_cannot_be_woken_does_not_spoil_the_answer(
    owner: Client, noted: Database, unreachable_queue: None, caplog: pytest.LogCaptureFixture
) -> None:
    api = Api(scope="quotes:write", needs=("outbox",))

    @api.post("/api/notes", status=201)
    def announce(note: NoteIn) -> None:
        outbox.announce(api.call, NoteSaved(body=note.body))

    assert send(api, owner, json={"body": "told"}).status == 201
    assert "not woken" in caplog.text
    [[event]] = noted.run("select event from outbox where name = 'NoteSaved' and event->>'body' = 'told'")
    assert event == {"body": "told"}


def test_a_body_may_come_as_plain_text(save: Api, owner: Client, noted: Database) -> None:
    event = {
        "rawPath": "/api/notes",
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"body": "₹ 5"}, ensure_ascii=False),
        "isBase64Encoded": False,
        "requestContext": {
            "requestId": "1",
            "http": {"method": "POST", "path": "/api/notes", "sourceIp": "127.0.0.1"},
            "authorizer": {"lambda": lambdas.authorize({"authorization": f"Bearer {owner.token}"})},
        },
    }
    answer = received(save.handler(event, lambdas.Context()))
    assert (answer.status, answer.json["body"]) == (201, "₹ 5")


def test_every_problem_class_has_a_title_and_a_kind() -> None:
    pending, found = [Problem], []
    while pending:
        pending += (subclasses := pending.pop().__subclasses__())
        found += subclasses
    for kind in found:
        assert kind.title, kind
        assert 400 <= kind.kind.value < 600


def test_an_operation_that_needs_no_database_answers_without_one(noted: Database) -> None:
    api = Api(public=True, database=False)

    @api.get("/api/ping")
    def ping() -> str:
        return "pong"

    before = noted.proxy.round_trips
    assert send(api).json == "pong"
    assert noted.proxy.round_trips == before
