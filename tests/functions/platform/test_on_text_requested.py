"""functions/platform/on_text_requested.py: a code goes to a phone, once."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from shared.core import keyed
from shared.entry import wiring
from tests.support import lambdas
from tests.support.database import Database
from tests.support.doubles import MailServer, mail_server

PHONE = "+919876543210"


@pytest.fixture
def phone(database: Database) -> Iterator[MailServer]:
    with mail_server() as (caught, address), pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEXT_SMTP", address)
        wiring.texter.cache_clear()
        yield caught
    wiring.texter.cache_clear()


def record(code: uuid.UUID) -> dict[str, Any]:
    detail = {"id": str(uuid.uuid4()), "tenant_id": None, "event": {"to": PHONE, "code": str(code)}}
    return {"messageId": uuid.uuid4().hex, "body": json.dumps({"detail-type": "TextRequested", "detail": detail})}


def consume(*records: dict[str, Any]) -> list[str]:
    answer = lambdas.spec("platform", "on_text_requested").handle({"Records": list(records)}, lambdas.Context())
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_the_code_arrives_once(phone: MailServer) -> None:
    code = uuid.uuid4()
    same = record(code)
    assert consume(same, same) == []
    [message] = phone.mails
    assert message["to"] == "919876543210@text.example"
    assert message.get_content().startswith(f"{keyed.sent_code(code)} is your")


def test_a_network_that_is_away_means_again(phone: MailServer) -> None:
    waiting = record(uuid.uuid4())
    phone.broken = True
    assert consume(waiting) == [waiting["messageId"]]
    phone.broken = False
    assert consume(waiting) == []
    assert len(phone.mails) == 1
