"""Text messages: through SNS, and as mails."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from shared.adapters.text_smtp import TextsAsMails
from shared.adapters.text_sns import Sns
from shared.domains.platform.ports import TextMessage
from tests.support import doubles

TEXT = TextMessage(
    id=UUID(int=7),
    to="+919876543210",
    text="012345 is your BoxCostPro code.",
    written_at=datetime(2026, 11, 20, 7, 15, tzinfo=UTC),
)


@pytest.mark.parametrize(("sender", "attributes"), [("", {"SMSType"}), ("BOXCST", {"SMSType", "SenderID"})])
def test_sns_takes_number_text_and_sender(sender: str, attributes: set[str]) -> None:
    with doubles.aws():
        sent: list[dict[str, Any]] = []
        sns = Sns(sender)
        sns._client.meta.events.register("provide-client-params.sns.Publish", lambda params, **_: sent.append(params))
        sns.send(TEXT)
    [published] = sent
    assert (published["PhoneNumber"], published["Message"]) == (TEXT.to, TEXT.text)
    assert {name.rpartition(".")[2] for name in published["MessageAttributes"]} == attributes


def test_a_message_that_sns_refuses_is_an_error() -> None:
    with doubles.aws(), pytest.raises(Exception, match="E164"):
        Sns("").send(TextMessage(TEXT.id, "no number", TEXT.text, TEXT.written_at))


def test_as_a_mail_it_goes_to_the_number_and_tells_a_repeat() -> None:
    with doubles.mail_server() as (server, address):
        for _ in range(2):
            TextsAsMails(address, "BoxCostPro <no-reply@boxes.example>").send(TEXT)
        first, second = server.mails
    assert first["To"] == "919876543210@text.example"
    assert first.get_content().strip() == TEXT.text
    assert first["Message-ID"] == second["Message-ID"] == f"<{TEXT.id}@boxes.example>"


def test_a_message_that_smtp_refuses_is_an_error() -> None:
    with doubles.mail_server() as (server, address):
        server.broken = True
        with pytest.raises(Exception, match="try again later"):
            TextsAsMails(address, "BoxCostPro <no-reply@boxes.example>").send(TEXT)
