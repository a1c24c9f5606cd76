"""The way of an event: bus, rule, queue, consumer; and the queue that wakes the relay."""

import json
import urllib.request
from collections.abc import Iterator

import boto3
import pytest
from botocore.stub import Stubber

from shared.adapters import outbox_queue, secrets
from shared.adapters.event_bus import EventBridge
from tests.support import doubles

Event = tuple[str, dict[str, object]]


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
    taken, refused = {"EventId": "1"}, {"ErrorCode": "ThrottlingException", "ErrorMessage": "slowly"}
    with Stubber(bus._client) as stubber:
        stubber.add_response("put_events", {"FailedEntryCount": 1, "Entries": [taken] * 9 + [refused]})
        stubber.add_response("put_events", {"FailedEntryCount": 1, "Entries": [refused, taken]})
        assert bus.put(notes(12)) == {9: "ThrottlingException", 10: "ThrottlingException"}
        stubber.assert_no_pending_responses()


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
