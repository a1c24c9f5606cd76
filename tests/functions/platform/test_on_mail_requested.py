"""functions/platform/on_mail_requested.py: a mail is sent once, however often it is asked for."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from shared.domains.platform.rules import mails as rules
from shared.entry import wiring
from tests.support import lambdas
from tests.support.client import new_email
from tests.support.database import Database
from tests.support.doubles import MailServer, mail_server


@pytest.fixture
def mails(database: Database) -> Iterator[MailServer]:
    with mail_server() as (caught, address), pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAIL_SMTP", address)
        wiring.mailer.cache_clear()
        yield caught
    wiring.mailer.cache_clear()


def record(to: str, **values: str) -> dict[str, Any]:
    """What SQS holds: the bus's envelope around an event."""
    given = {"full_name": "Asha Sharma", "company_name": "शर्मा पैकेजिंग", "link": "http://127.0.0.1:8000"} | values
    event = {"to": to, "template": "USER_SIGNUP", "values": given}
    detail = {"id": str(uuid.uuid4()), "tenant_id": str(uuid.uuid4()), "event": event}
    return {"messageId": uuid.uuid4().hex, "body": json.dumps({"detail-type": "MailRequested", "detail": detail})}


def consume(*records: dict[str, Any]) -> list[str]:
    answer = lambdas.spec("platform", "on_mail_requested").handle({"Records": list(records)}, lambdas.Context())
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_the_mail_arrives_as_it_should(mails: MailServer) -> None:
    to = new_email()
    assert consume(record(to)) == []
    [mail] = mails.mails
    assert mail["to"] == to
    assert mail["subject"] == "Welcome to BoxCostPro, Asha Sharma"
    assert "शर्मा पैकेजिंग" in mail.get_content()
    assert mail.get_content().count("http") == 1, "one link at the most"


def test_a_repeated_message_sends_nothing(mails: MailServer) -> None:
    same = record(new_email())
    assert consume(same, same) == []
    assert consume(same) == []
    assert len(mails.mails) == 1


def test_only_the_failed_one_of_a_batch_comes_again(mails: MailServer) -> None:
    poison = record("x") | {"body": json.dumps({"detail": {"id": str(uuid.uuid4()), "tenant_id": None, "event": {}}})}
    assert consume(record(new_email()), poison, record(new_email())) == [poison["messageId"]]
    assert len(mails.mails) == 2


def test_a_mail_server_that_is_away_means_again(mails: MailServer) -> None:
    waiting = record(new_email())
    mails.broken = True
    assert consume(waiting) == [waiting["messageId"]]
    mails.broken = False
    assert consume(waiting) == []
    assert len(mails.mails) == 1


def test_a_crash_after_sending_repeats_the_same_message_id(mails: MailServer, database: Database) -> None:
    same = record(new_email())
    consume(same)
    database.run("delete from inbox")  # as if the consumer had died before it wrote this
    consume(same)
    first, second = mails.mails
    assert first["message-id"] == second["message-id"], "by which a mailbox tells the repeat"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Sharma Packaging Pvt. Ltd.", "Sharma Packaging Pvt. Ltd."),
        ("win at https://evil.example/x", "win at https:// evil. example/ x"),
        ("www.evil.example", "www. evil. example"),
        ("a@evil.example", "a@ evil. example"),
    ],
)
def test_a_name_in_a_mail_is_no_link(name: str, written: str) -> None:
    assert rules.unlinked(name) == written


def test_a_name_cannot_add_a_header(mails: MailServer) -> None:
    consume(record(new_email(), full_name="Eve\r\nBcc: everybody@example.com"))
    [mail] = mails.mails
    assert mail["bcc"] is None
    assert mail["subject"] == "Welcome to BoxCostPro, Eve Bcc: everybody@ example. com"
