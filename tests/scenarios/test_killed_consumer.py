"""A consumer that is killed at its work: the message comes again, and the addressee sees one mail."""

import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from local.mail import Mailbox
from tests.support.client import new_email
from tests.support.database import Database
from tests.support.doubles import aws
from tools.functions import ROOT

RETRIED_AFTER = 2  # s; as long as a message that was not deleted stays hidden
CONSUMER = """
import json, sys
from functions.platform.on_mail_requested import handler
print(json.dumps(handler(json.load(sys.stdin), None)))
"""


class KillingMailbox(Mailbox):
    """Kills the sender while it waits for the answer: before the mail is kept, or after."""

    def __init__(self, *, kept: bool) -> None:
        self.kept, self.victim, self.deliveries = kept, 0, 0
        super().__init__()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.deliveries += 1
        killing = self.deliveries == 1
        if killing and not self.kept:
            os.kill(self.victim, signal.SIGKILL)
            return "451 nobody listens any more"
        answer = await super().handle_DATA(server, session, envelope)
        if killing:
            os.kill(self.victim, signal.SIGKILL)
        return answer


@pytest.fixture
def queue() -> Iterator[str]:
    with aws():
        attributes = {"VisibilityTimeout": str(RETRIED_AFTER)}
        yield boto3.client("sqs").create_queue(QueueName=uuid.uuid4().hex, Attributes=attributes)["QueueUrl"]


def deliver(queue: str, mailbox: KillingMailbox) -> int:
    """What Lambda's poller does with one message: invoke, delete unless it failed. Answers the exit code."""
    sqs = boto3.client("sqs")
    [message] = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=10)["Messages"]
    event = {"Records": [{"messageId": message["MessageId"], "body": message["Body"]}]}
    environment = os.environ | {"MAIL_SMTP": mailbox.address}
    with subprocess.Popen(
        [sys.executable, "-c", CONSUMER], cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as consumer:  # fmt: skip
        mailbox.victim = consumer.pid
        answer, _ = consumer.communicate(json.dumps(event), timeout=30)
    if consumer.returncode == 0 and json.loads(answer) == {"batchItemFailures": []}:
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return consumer.returncode


@pytest.mark.parametrize("kept", [False, True], ids=["before the mail is taken", "after it, before that is recorded"])
def test_one_mail_arrives(kept: bool, queue: str, database: Database) -> None:
    to, id_ = new_email(), str(uuid.uuid4())
    values = {"full_name": "Asha", "company_name": "Sharma", "link": "http://127.0.0.1"}
    event = {"to": to, "template": "USER_SIGNUP", "values": values}
    detail: dict[str, Any] = {"id": id_, "tenant_id": str(uuid.uuid4()), "event": event}
    boto3.client("sqs").send_message(QueueUrl=queue, MessageBody=json.dumps({"detail": detail}))
    mailbox = KillingMailbox(kept=kept)
    try:
        assert deliver(queue, mailbox) == -signal.SIGKILL
        assert database.run("select count(*) from inbox where event_id = :id", id=id_) == [[0]]
        assert deliver(queue, mailbox) == 0
        assert mailbox.deliveries == 2
        assert len(mailbox.received(to)) == 1
        assert database.run("select count(*) from inbox where event_id = :id", id=id_) == [[1]]
    finally:
        mailbox.stop()
