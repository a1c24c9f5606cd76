"""The way of an event: bus, rule, queue, consumer; and the queue that wakes the relay."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError, EndpointConnectionError
from botocore.stub import Stubber
from pydantic import BaseModel

from shared.adapters import outbox_queue, secrets
from shared.adapters.event_bus import EventBridge
from shared.core import db, outbox
from shared.core.call import Actor, Call
from shared.core.errors import PartlyDone
from tests.support import doubles
from tests.support.database import Database

Event = tuple[str, dict[str, object]]
NOW = datetime(2026, 11, 20, 7, 15, tzinfo=UTC)
TAKEN = {"EventId": "1"}


class NoteSaved(BaseModel):
    text: str
    number: int


@pytest.fixture
def aws() -> Iterator[str]:
    """An empty AWS: moto keeps what it was told in this process, over the end of its server."""
    with doubles.aws() as address:
        urllib.request.urlopen(f"{address}/moto-api/reset", data=b"").close()
        outbox_queue._client.cache_clear()
        yield address
    outbox_queue._client.cache_clear()


@pytest.fixture
def queue(aws: str) -> str:
    """The queue of a consumer of `NoteSaved`, on the bus `boxes`."""
    sqs, events = boto3.client("sqs"), boto3.client("events")
    url = sqs.create_queue(QueueName="notes")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.create_event_bus(Name="boxes")
    pattern = json.dumps({"source": ["boxcostpro"], "detail-type": ["NoteSaved"]})
    events.put_rule(Name="notes", EventBusName="boxes", EventPattern=pattern)
    events.put_targets(Rule="notes", EventBusName="boxes", Targets=[{"Id": "queue", "Arn": arn}])
    return url


def received(url: str) -> list[dict[str, object]]:
    """The envelopes in a queue."""
    sqs, found = boto3.client("sqs"), []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(message["Body"]) for message in messages]
    return found


def notes(number: int) -> list[Event]:
    return [
        ("NoteSaved", {"id": f"{n}", "tenant_id": None, "event": {"text": "₹", "number": n}}) for n in range(number)
    ]


def test_an_event_arrives_in_its_consumers_queue_as_a_whole_envelope(queue: str) -> None:
    other: Event = ("NoteLost", {"id": "x", "tenant_id": None, "event": {}})
    assert EventBridge("boxes").put([*notes(1), other]) == {}
    [envelope] = received(queue)
    assert envelope["detail-type"] == "NoteSaved"
    assert envelope["source"] == "boxcostpro"
    assert envelope["detail"] == notes(1)[0][1]


def test_more_events_than_a_call_takes_go_in_several(queue: str) -> None:
    assert EventBridge("boxes").put(notes(25)) == {}
    numbers = [envelope["detail"]["event"]["number"] for envelope in received(queue)]  # type: ignore[index]
    assert sorted(numbers) == list(range(25))


def test_the_positions_of_refused_events_are_answered_with_the_reason(aws: str) -> None:
    bus = EventBridge("boxes")
    refused = {"ErrorCode": "ThrottlingException", "ErrorMessage": "slowly"}
    with Stubber(bus._client) as stubber:
        stubber.add_response("put_events", {"FailedEntryCount": 1, "Entries": [TAKEN] * 9 + [refused]})
        stubber.add_response("put_events", {"FailedEntryCount": 1, "Entries": [refused, TAKEN]})
        assert bus.put(notes(12)) == {9: "ThrottlingException", 10: "ThrottlingException"}
        stubber.assert_no_pending_responses()


@pytest.mark.parametrize(("code", "status"), [("ValidationException", 400), ("413", 413)])
def test_events_that_are_refused_together_are_tried_one_by_one(aws: str, code: str, status: int) -> None:
    bus = EventBridge("boxes")
    with Stubber(bus._client) as stubber:
        stubber.add_client_error("put_events", code, http_status_code=status)
        stubber.add_response("put_events", {"Entries": [TAKEN]})
        stubber.add_client_error("put_events", code, http_status_code=status)
        stubber.add_response("put_events", {"Entries": [TAKEN]})
        assert bus.put(notes(3)) == {1: code}
        stubber.assert_no_pending_responses()


def throttled(stubber: Stubber) -> None:
    stubber.add_client_error("put_events", "ThrottlingException", http_status_code=400)


def away(stubber: Stubber) -> None:
    """Once the Stubber, which knows answers only, has given them all."""

    def fail(**_: object) -> None:
        if not stubber._queue:
            raise EndpointConnectionError(endpoint_url="https://events.example")

    stubber.client.meta.events.register("provide-client-params.events.PutEvents", fail)


@pytest.mark.parametrize(
    ("fails", "code"),
    [(throttled, "ThrottlingException"), (away, "EndpointConnectionError")],
    ids=["throttled", "away"],
)
def test_what_would_fail_every_call_ends_them(aws: str, fails: Callable[[Stubber], None], code: str) -> None:
    bus = EventBridge("boxes")
    with Stubber(bus._client) as stubber:
        stubber.add_response("put_events", {"Entries": [TAKEN] * 10})
        fails(stubber)
        assert bus.put(notes(35)) == dict.fromkeys(range(10, 35), code)
        stubber.assert_no_pending_responses()


@pytest.mark.parametrize("fails", [throttled, away])
def test_where_none_was_taken_the_failure_is_raised(aws: str, fails: Callable[[Stubber], None]) -> None:
    bus = EventBridge("boxes")
    with Stubber(bus._client) as stubber:
        stubber.add_client_error("put_events", "ValidationException")
        stubber.add_client_error("put_events", "ValidationException")
        fails(stubber)
        with pytest.raises((ClientError, EndpointConnectionError), match=r"ThrottlingException|events\.example"):
            bus.put(notes(2))
        stubber.assert_no_pending_responses()


def limit_size(bus: EventBridge) -> None:
    """moto takes what is larger than EventBridge does."""

    def judge(params: dict[str, bytes], **_: object) -> object:
        if len(params["body"]) <= 256 * 1024:
            return None
        error = {
            "Code": "ValidationException",
            "Message": "Total size of the entries in the request is over the limit.",
        }
        return AWSResponse("", 400, {}, None), {"Error": error, "ResponseMetadata": {"HTTPStatusCode": 400}}

    bus._client.meta.events.register("before-call.events.PutEvents", judge)


def test_an_event_that_is_too_large_stays_alone_in_the_outbox(queue: str, database: Database) -> None:
    database.run("truncate outbox")
    call = Call(Actor(), NOW, scope=db.Scope(staff=True))
    with db.transaction(call.scope) as call.connection:
        for number in range(61):
            outbox.announce(call, NoteSaved(text="x" * 300_000 if number == 17 else "", number=number))
    bus = EventBridge("boxes")
    limit_size(bus)
    with pytest.raises(PartlyDone, match="refused 1 of 61") as failure:
        outbox.relay(call, bus)
    assert failure.value.done == 60
    call.now += outbox.LEASE + timedelta(seconds=1)
    with pytest.raises(PartlyDone, match="refused 1 of 1"):
        outbox.relay(call, bus)
    numbers = [envelope["detail"]["event"]["number"] for envelope in received(queue)]  # type: ignore[index]
    assert sorted(numbers) == [number for number in range(61) if number != 17]
    database.run("truncate outbox")


def test_a_nudge_is_one_message(aws: str) -> None:
    url = boto3.client("sqs").create_queue(QueueName="outbox")["QueueUrl"]
    outbox_queue.nudge(url)
    assert received(url) == [{}]


def test_a_nudge_that_fails_is_only_logged(aws: str, caplog: pytest.LogCaptureFixture) -> None:
    outbox_queue.nudge(f"{aws}/123456789012/nowhere")
    assert "the relay was not woken" in caplog.text


def test_a_secret_is_read_by_its_arn(aws: str) -> None:
    arn = boto3.client("secretsmanager").create_secret(Name="pepper", SecretString="a value")["ARN"]
    assert secrets.read(arn) == "a value"
