"""Mails: the message itself, through SMTP and through SES."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any
from uuid import UUID

import boto3
import pytest

from shared.adapters import mail_message
from shared.adapters.mail_ses import Ses
from shared.adapters.mail_smtp import Smtp
from shared.domains.platform.ports import Mail
from tests.support import doubles

SENDER = "BoxCostPro <no-reply@boxes.example>"
MAIL = Mail(
    id=UUID(int=7),
    to="asha@example.com",
    subject="Welcome, आशा ₹",
    text="Dear आशा,\n\n.a line that begins with a dot\nFrom the first box on: ₹ 5\n" + "x" * 2000 + "\n",
    written_at=datetime(2026, 11, 20, 7, 15, tzinfo=UTC),
)


def test_a_message_is_the_same_at_every_repetition() -> None:
    first, second = (mail_message.build(MAIL, SENDER).as_bytes() for _ in range(2))
    assert first == second


def test_the_message_id_derives_from_the_event() -> None:
    message = mail_message.build(MAIL, SENDER)
    assert message["Message-ID"] == f"<{MAIL.id}@boxes.example>"
    assert message["Date"] == "Fri, 20 Nov 2026 07:15:00 +0000"


def test_the_link_to_get_no_more_stays_whole_however_long() -> None:
    link = f"https://app.boxes.example/api/public/unsubscribe/{'A' * 120}"
    message = mail_message.build(replace(MAIL, unsubscribe=link), SENDER)
    for written in (message.as_bytes(), message.as_bytes(policy=policy.SMTP)):
        received = message_from_bytes(written, policy=policy.default)
        assert f"List-Unsubscribe: <{link}>".encode() in written.splitlines()
        assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail_message.build(MAIL, SENDER)["List-Unsubscribe"] is None


@pytest.mark.parametrize("field", ["to", "subject", "unsubscribe"])
def test_a_line_break_cannot_add_a_header(field: str) -> None:
    forged = {"id": MAIL.id, "to": MAIL.to, "subject": MAIL.subject, "text": "", "written_at": MAIL.written_at}
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        mail_message.build(Mail(**forged | {field: "a@example.com\r\nBcc: all@example.com"}), SENDER)  # type: ignore[arg-type]


def test_smtp_delivers_what_was_written() -> None:
    with doubles.mail_server() as (server, address):
        Smtp(address, SENDER).send(MAIL)
        [received] = server.mails
    assert (received["To"], received["From"], received["Subject"]) == (MAIL.to, SENDER, MAIL.subject)
    assert received.get_content().replace("\r\n", "\n") == MAIL.text


def test_a_mail_that_smtp_refuses_is_an_error() -> None:
    with doubles.mail_server() as (server, address):
        server.broken = True
        with pytest.raises(Exception, match="try again later"):
            Smtp(address, SENDER).send(MAIL)
        assert server.mails == []


def test_ses_takes_the_message_whole() -> None:
    with doubles.aws():
        boto3.client("sesv2").create_email_identity(EmailIdentity="no-reply@boxes.example")
        sent: list[dict[str, Any]] = []
        ses = Ses(SENDER)
        ses._client.meta.events.register(
            "provide-client-params.sesv2.SendEmail", lambda params, **_: sent.append(params)
        )
        ses.send(MAIL)
    assert sent[0]["Destination"] == {"ToAddresses": [MAIL.to]}
    received = message_from_bytes(sent[0]["Content"]["Raw"]["Data"], policy=policy.default)
    assert (received["Subject"], received["Message-ID"]) == (MAIL.subject, f"<{MAIL.id}@boxes.example>")
    assert received.get_content() == MAIL.text  # type: ignore[attr-defined]
