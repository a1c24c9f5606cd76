"""functions/platform/job_relay_outbox.py: events leave the outbox for the bus, whatever stops on the way."""

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest

from shared.core import clock, db, outbox
from shared.core.call import Actor, Call
from shared.core.errors import PartlyDone
from shared.entry import wiring
from tests.support import lambdas
from tests.support.client import Client
from tests.support.database import Database
from tests.support.doubles import aws


@pytest.fixture(autouse=True)
def relayed(database: Database) -> None:
    """What other tests announced is sent."""
    database.run("update outbox set sent_at = created_at where sent_at is null")


@pytest.fixture(scope="module")
def queue(database: Database) -> Iterator[str]:
    """A queue that gets every MailRequested of a bus, which the relay is told of; their names outlive them."""
    mails, bus = f"mails-{uuid.uuid4()}", f"bus-{uuid.uuid4()}"
    with aws(), pytest.MonkeyPatch.context() as patch:
        sqs, events = boto3.client("sqs"), boto3.client("events")
        url = sqs.create_queue(QueueName=mails)["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        events.create_event_bus(Name=bus)
        events.put_rule(Name="mails", EventBusName=bus, EventPattern=json.dumps({"detail-type": ["MailRequested"]}))
        events.put_targets(Rule="mails", EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])
        patch.setenv("EVENT_BUS", bus)
        wiring.bus.cache_clear()
        yield url
    wiring.bus.cache_clear()


def relay() -> int:
    done: int = lambdas.spec("platform", "job_relay_outbox").handle({}, lambdas.Context())["done"]
    return done


def received(url: str) -> list[dict[str, Any]]:
    sqs = boto3.client("sqs")
    found: list[dict[str, Any]] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(message["Body"]) for message in messages]
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return found


def unsent(database: Database) -> object:
    return database.run("select count(*) from outbox where sent_at is null")[0][0]


def test_an_event_reaches_the_queue_of_its_consumer_once(owner: Client, queue: str, database: Database) -> None:
    relay()
    email = owner.account["user"]["email"]
    envelopes = [envelope for envelope in received(queue) if envelope["detail"]["event"]["to"] == email]
    assert len(envelopes) == 1
    assert envelopes[0]["detail-type"] == "MailRequested"
    assert envelopes[0]["detail"]["tenant_id"] == owner.account["tenant"]["id"]
    assert uuid.UUID(envelopes[0]["detail"]["id"]).version == 7
    assert unsent(database) == 0
    assert relay() == 0


def test_more_than_one_batch_is_relayed(owner: Client, queue: str, database: Database) -> None:
    relay()
    database.run(
        "insert into outbox (id, tenant_id, name, event, created_at) select gen_random_uuid(), tenant_id, name, event,"
        " created_at from outbox, generate_series(1, 120) limit 240"
    )
    count = unsent(database)
    assert relay() == count
    assert unsent(database) == 0
    received(queue)


class FailingBus:
    """A bus that breaks down, or refuses some of what it is handed first."""

    def __init__(self, refused: set[int] | None) -> None:
        self.refused = refused

    def put(self, events: list[tuple[str, dict[str, object]]]) -> dict[int, str]:
        if self.refused is None:
            raise ConnectionError("the bus is away")
        refused, self.refused = self.refused, set()
        return dict.fromkeys(refused, "InternalFailure")


def slice_with(bus: FailingBus, later: timedelta = timedelta()) -> int:
    now = clock.now() + later
    return outbox.relay(Call(Actor(), now, scope=db.Scope(staff=True, at=now)), bus)


def test_what_the_bus_did_not_take_comes_again_when_the_lease_is_over(owner: Client, database: Database) -> None:
    waiting = unsent(database)
    with pytest.raises(ConnectionError):
        slice_with(FailingBus(None))
    assert unsent(database) == waiting
    assert slice_with(FailingBus(set())) == 0, "another relay may still be sending them"
    assert slice_with(FailingBus(set()), outbox.LEASE + timedelta(seconds=1)) == waiting


def test_only_the_refused_ones_stay(owner: Client, database: Database) -> None:
    with pytest.raises(PartlyDone):
        slice_with(FailingBus({0}))
    assert unsent(database) == 1
    assert slice_with(FailingBus(set()), 2 * outbox.LEASE) == 1


def test_whatever_was_refused_the_rest_is_sent_and_then_the_alarm_rings(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = FailingBus(set(range(100)))
    monkeypatch.setattr(wiring, "bus", lambda: bus)
    database.run(
        "insert into outbox (id, tenant_id, name, event, created_at) select gen_random_uuid(), tenant_id, name, event,"
        " created_at from outbox, generate_series(1, 240) limit 240"
    )
    with pytest.raises(PartlyDone, match="refused 100 of 100"):
        relay()
    assert unsent(database) == 100
    database.run("update outbox set sent_at = created_at where sent_at is null")
