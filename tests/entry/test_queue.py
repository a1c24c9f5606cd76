"""Consumers: each event once, each message on its own, a crash told by the event's id."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import boto3
import pytest
from pydantic import BaseModel

from shared.adapters import outbox_queue
from shared.core import db, outbox
from shared.core.call import Call
from shared.entry.queue import consumer
from tests.support import doubles, notes
from tests.support.database import Database
from tests.support.lambdas import Context
from tests.support.notes import ASHA, bodies

Handler = Callable[[Any, Any], dict[str, list[dict[str, str]]]]


class NoteWanted(BaseModel):
    body: str


class Crashed(Exception):
    """The process ended here."""


def message(body: str, *, id: UUID | None = None, tenant: UUID | None = ASHA.tenant_id) -> dict[str, str]:
    """An SQS record that holds an EventBridge envelope."""
    detail = {"id": str(id or uuid4()), "tenant_id": str(tenant) if tenant else None, "event": {"body": body}}
    envelope = {"source": "boxcostpro", "detail-type": "NoteWanted", "detail": detail}
    return {"messageId": f"message of {body}", "body": json.dumps(envelope)}


def deliver(handler: Handler, *records: dict[str, str]) -> list[str]:
    """The messages that failed."""
    answer = handler({"Records": list(records)}, Context())
    return [failure["itemIdentifier"].removeprefix("message of ") for failure in answer["batchItemFailures"]]


@pytest.fixture
def on_note_wanted(noted: Database) -> Handler:
    """Stores a note; fails for the body "bad" after it wrote."""
    noted.run("truncate inbox")

    @consumer(NoteWanted)
    def handler(call: Call, id: UUID, event: NoteWanted) -> None:
        notes.add(call.connection, id=uuid4(), tenant=call.tenant_id, body=f"{event.body} {id}", amount=None)
        if event.body == "bad":
            raise ZeroDivisionError

    return handler


def test_an_event_has_its_effect_in_its_tenant(on_note_wanted: Handler) -> None:
    id = uuid4()
    assert deliver(on_note_wanted, message("one", id=id)) == []
    with db.reading(ASHA) as connection:
        assert notes.by_body(connection, body=f"one {id}") is not None


def test_a_repeated_event_has_no_second_effect(on_note_wanted: Handler, noted: Database) -> None:
    id = uuid4()
    for _ in range(3):
        assert deliver(on_note_wanted, message("one", id=id), message("one", id=id)) == []
    assert bodies(noted) == [f"one {id}"]


def test_a_bad_message_fails_alone_and_leaves_nothing(on_note_wanted: Handler, noted: Database) -> None:
    ids = [uuid4() for _ in range(3)]
    bodies_given = ["one", "bad", "two"]
    records = [message(body, id=id) for body, id in zip(bodies_given, ids, strict=True)]
    assert deliver(on_note_wanted, *records) == ["bad"]
    assert bodies(noted) == sorted([f"one {ids[0]}", f"two {ids[2]}"])
    assert noted.run("select count(*) from inbox where event_id = :id", id=ids[1]) == [[0]]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "{}",
        '{"detail": null}',
        '{"detail": {"id": "x", "tenant_id": null, "event": {"body": "a"}}}',
        json.dumps({"detail": {"id": str(UUID(int=5)), "tenant_id": "x", "event": {"body": "a"}}}),
        json.dumps({"detail": {"id": str(UUID(int=5)), "tenant_id": None, "event": {"text": "a"}}}),
    ],
)
def test_a_message_that_nobody_can_read_fails_alone(on_note_wanted: Handler, noted: Database, body: str) -> None:
    poison = {"messageId": "message of poison", "body": body}
    assert deliver(on_note_wanted, poison, message("good")) == ["poison"]
    assert len(bodies(noted)) == 1


def test_two_consumers_each_get_an_event(on_note_wanted: Handler, noted: Database) -> None:
    @consumer(NoteWanted)
    def handler(call: Call, id: UUID, event: NoteWanted) -> None:
        notes.add(call.connection, id=uuid4(), tenant=call.tenant_id, body=f"other {id}", amount=None)

    handler.__self__.name = "on_other"  # type: ignore[attr-defined]
    id = uuid4()
    for consume in (on_note_wanted, handler) * 2:
        assert deliver(consume, message("one", id=id)) == []
    assert bodies(noted) == [f"one {id}", f"other {id}"]


def test_an_event_of_no_tenant_is_consumed_once(noted: Database) -> None:
    seen = []

    @consumer(NoteWanted)
    def handler(call: Call, id: UUID, event: NoteWanted) -> None:
        call.connection.execute("select")  # the inbox speaks up with the first statement
        seen.append(id)

    id = uuid4()
    for _ in range(2):
        assert deliver(handler, message("one", id=id, tenant=None)) == []
    assert len(seen) == 1


def test_a_failing_commit_is_a_failure_not_a_repeat(noted: Database) -> None:
    """Only the inbox's own key means "done before": another violation must come back."""
    noted.run("insert into trial.notes (tenant_id, body) values (:tenant, 'taken')", tenant=ASHA.tenant_id)

    @consumer(NoteWanted)
    def handler(call: Call, id: UUID, event: NoteWanted) -> None:
        notes.add_later(call.connection, id=uuid4(), tenant=call.tenant_id, body="taken")

    assert deliver(handler, message("one")) == ["one"]


# Effects in other systems


class Outside:
    """Another system; `crash` says where the process ends: before or after the effect."""

    def __init__(self) -> None:
        self.done: list[UUID] = []
        self.crash = ""
        self.transactions: list[bool] = []


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def calling_out(noted: Database, outside: Outside) -> Handler:
    @consumer(NoteWanted, calls_out=True)
    def handler(call: Call, id: UUID, event: NoteWanted) -> None:
        idle = "select from pg_stat_activity where usename = 'app' and state like 'idle in transaction%'"
        outside.transactions.append(bool(noted.run(idle)))
        if outside.crash == "before":
            raise Crashed
        outside.done.append(id)
        if outside.crash == "after":
            raise Crashed

    return handler


def test_an_effect_outside_happens_once_and_outside_of_a_transaction(calling_out: Handler, outside: Outside) -> None:
    id = uuid4()
    for _ in range(3):
        assert deliver(calling_out, message("one", id=id)) == []
    assert outside.done == [id]
    assert outside.transactions == [False]


@pytest.mark.parametrize(("crash", "effects"), [("before", 1), ("after", 2)])
def test_a_crash_brings_the_event_back_with_the_same_id(
    calling_out: Handler, outside: Outside, crash: str, effects: int
) -> None:
    id = uuid4()
    outside.crash = crash
    assert deliver(calling_out, message("one", id=id)) == ["one"]
    outside.crash = ""
    for _ in range(2):
        assert deliver(calling_out, message("one", id=id)) == []
    assert outside.done == [id] * effects


def test_what_an_effect_outside_leaves_to_record_is_written_with_the_inbox(noted: Database) -> None:
    """Once, and not at all where the inbox row cannot be written."""

    @consumer(NoteWanted, calls_out=True)
    def handler(call: Call, id: UUID, event: NoteWanted) -> Callable[[Call], None]:
        def record(call: Call) -> None:
            notes.add(call.connection, id=uuid4(), tenant=call.tenant_id, body=event.body, amount=None)

        return record

    event = message(f"done {uuid4()}")
    noted.run("revoke insert on inbox from app")
    try:
        assert len(deliver(handler, event)) == 1
    finally:
        noted.run("grant insert on inbox to app")
    for _ in range(2):
        assert deliver(handler, event) == []
    assert [body for body in bodies(noted) if body.startswith("done")] == [
        json.loads(event["body"])["detail"]["event"]["body"]
    ]


def test_a_crash_between_the_effect_and_the_inbox_runs_again(
    calling_out: Handler, outside: Outside, noted: Database
) -> None:
    id = uuid4()
    noted.run("revoke insert on inbox from app")
    try:
        assert deliver(calling_out, message("one", id=id)) == ["one"]
    finally:
        noted.run("grant insert on inbox to app")
    assert deliver(calling_out, message("one", id=id)) == []
    assert outside.done == [id, id]


def test_only_a_consumer_that_says_so_works_across_tenants(noted: Database) -> None:
    """The event belongs to no tenant; whose note it stores is in the function."""

    def handler(call: Call, id: UUID, event: NoteWanted) -> None:
        notes.add(call.connection, id=uuid4(), tenant=ASHA.tenant_id, body=f"{event.body} {id}", amount=None)

    id = uuid4()
    assert deliver(consumer(NoteWanted)(handler), message("one", id=id, tenant=None)) == ["one"]
    assert deliver(consumer(NoteWanted, across_tenants=True)(handler), message("one", id=id, tenant=None)) == []
    assert bodies(noted) == [f"one {id}"]


def test_a_consumer_that_announced_something_wakes_the_relay(noted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    @consumer(NoteWanted)
    def handler(call: Call, id: UUID, event: NoteWanted) -> None:
        if event.body == "more":
            outbox.announce(call, event)

    with doubles.aws():
        outbox_queue._client.cache_clear()
        sqs = boto3.client("sqs")
        url = sqs.create_queue(QueueName=uuid4().hex)["QueueUrl"]
        monkeypatch.setenv("OUTBOX_QUEUE_URL", url)
        assert deliver(handler, message("enough"), message("more")) == []
        assert [found["Body"] for found in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]] == [
            "{}"
        ]
    outbox_queue._client.cache_clear()
