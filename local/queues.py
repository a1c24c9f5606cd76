"""The templates' queues, event buses and rules in the AWS double, and what polls the queues for functions."""

import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import boto3
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError

from local.cloudformation import ACCOUNT, REGION
from local.templates import Project, Trigger
from local.workers import Answer

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

RETRY_SECONDS = 1  # a failed message is back after this, not after the visibility time-out as on AWS
log = logging.getLogger(__name__)
Invoke = Callable[[str, bytes], Answer]  # name of a function, event


class Depth(NamedTuple):
    visible: int
    in_flight: int
    delayed: int
    dead: int


class Queues:
    """Makes what the project declares in the double behind `aws_url`, which has just started and is empty."""

    def __init__(self, project: Project, aws_url: str, invoke: Invoke) -> None:
        session = boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", region_name=REGION)
        config = Config(max_pool_connections=64, retries={"max_attempts": 1})
        self.sqs: SQSClient = session.client("sqs", endpoint_url=aws_url, config=config)
        self._project, self._aws_url, self._invoke = project, aws_url, invoke
        self._stopping = False
        self._make_queues()
        self._make_rules(session.client("events", endpoint_url=aws_url))

    def url(self, queue: str) -> str:
        return f"{self._aws_url}/{ACCOUNT}/{queue}"

    def poll(self) -> None:
        """Start polling every queue that triggers a function."""
        for trigger in self._project.triggers:
            threading.Thread(target=self._poll, args=(trigger,), name=f"poll {trigger.queue}", daemon=True).start()

    def stop(self) -> None:
        self._stopping = True

    def depths(self) -> dict[str, Depth]:
        """Every queue but the dead-letter queues, whose messages count as `dead` of their sources."""
        dead = {queue.dead_letters for queue in self._project.queues.values()}
        found = {}
        for queue in self._project.queues.values():
            if queue.name not in dead:
                dead_letters = self._count(queue.dead_letters)[0] if queue.dead_letters else 0
                found[queue.name] = Depth(*self._count(queue.name), dead_letters)
        return found

    def _count(self, queue: str) -> tuple[int, int, int]:
        numbers = self.sqs.get_queue_attributes(QueueUrl=self.url(queue), AttributeNames=["All"])["Attributes"]
        return (
            int(numbers["ApproximateNumberOfMessages"]),
            int(numbers["ApproximateNumberOfMessagesNotVisible"]),
            int(numbers["ApproximateNumberOfMessagesDelayed"]),
        )

    def _make_queues(self) -> None:
        timeouts = {
            trigger.queue: self._project.functions[trigger.function].timeout for trigger in self._project.triggers
        }
        with_dead_letters_last = sorted(self._project.queues.values(), key=lambda queue: bool(queue.dead_letters))
        for queue in with_dead_letters_last:
            attributes = {"DelaySeconds": str(queue.delay), "VisibilityTimeout": str(timeouts.get(queue.name, 30) + 30)}
            if queue.dead_letters:
                target = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue.dead_letters}"
                redrive = {"deadLetterTargetArn": target, "maxReceiveCount": queue.receives}
                attributes["RedrivePolicy"] = json.dumps(redrive)
            self.sqs.create_queue(QueueName=queue.name, Attributes=attributes)  # type: ignore[arg-type]

    def _make_rules(self, events: Any) -> None:
        for bus in self._project.buses:
            events.create_event_bus(Name=bus)
        for rule in self._project.rules:
            events.put_rule(Name=rule.name, EventBusName=rule.bus, EventPattern=rule.pattern)
            events.put_targets(Rule=rule.name, EventBusName=rule.bus, Targets=rule.targets)

    def _poll(self, trigger: Trigger) -> None:
        """An event source mapping: one batch at a time; whatever goes wrong, the next one is polled."""
        while not self._stopping:
            try:
                answer = self.sqs.receive_message(
                    QueueUrl=self.url(trigger.queue),
                    MaxNumberOfMessages=trigger.batch,
                    WaitTimeSeconds=20,
                    MessageSystemAttributeNames=["All"],
                    MessageAttributeNames=["All"],
                )
                if found := answer.get("Messages", []):
                    self._hand_over(trigger, found)
            except Exception:
                if not self._stopping:
                    log.exception("polling %s for %s", trigger.queue, trigger.function)
                    time.sleep(1)

    def _hand_over(self, trigger: Trigger, messages: "list[MessageTypeDef]") -> None:
        event = {"Records": [_record(trigger, message) for message in messages]}
        answer = self._invoke(trigger.function, json.dumps(event).encode())
        failed = _failed(trigger, answer, {message["MessageId"] for message in messages})
        url = self.url(trigger.queue)
        for message in messages:
            handle = message["ReceiptHandle"]
            with suppress(BotoCoreError, ClientError):  # the message is gone or due again: either is right
                if message["MessageId"] in failed:
                    self.sqs.change_message_visibility(
                        QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=RETRY_SECONDS
                    )
                else:
                    self.sqs.delete_message(QueueUrl=url, ReceiptHandle=handle)


def _record(trigger: Trigger, message: "MessageTypeDef") -> dict[str, Any]:
    attributes = {
        name: {"stringValue": value.get("StringValue"), "dataType": value["DataType"]}
        for name, value in message.get("MessageAttributes", {}).items()
    }
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": attributes,
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{trigger.queue}",
        "awsRegion": REGION,
    }


def _failed(trigger: Trigger, answer: Answer, sent: set[str]) -> set[str]:
    """Ids of the messages to hand over again. As on AWS an answer that makes no sense fails the whole batch."""
    if answer.error:
        return sent
    if not trigger.partial:
        return set()
    try:
        named = {
            failure["itemIdentifier"] for failure in (json.loads(answer.payload) or {}).get("batchItemFailures") or []
        }
    except (AttributeError, KeyError, TypeError, ValueError):
        return sent
    return sent if named - sent else named
