"""What the control offers."""

import smtplib
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from local import children
from tests.local.small import Stack, ask
from tests.local.test_queues import log_of


def test_a_job_runs_and_answers_its_result(stack: Stack) -> None:
    for name in ("count", "job_count"):
        reply = stack.control("POST", f"/jobs/demo/{name}")
        assert (reply.status, reply.json) == (200, {"source": "aws.scheduler"})
    assert stack.control("POST", "/jobs/demo/echo").status == 404


def test_a_moved_clock_fires_what_became_due_once(stack: Stack) -> None:
    before = len(log_of(stack, "counted"))
    moved = stack.control("POST", "/clock", {"advance_seconds": 5 * 3600}).json  # the job is due every two hours
    assert datetime.fromisoformat(moved["now"]) - datetime.now(UTC) > timedelta(hours=4, minutes=59)
    assert float((stack.home / "clock_offset").read_text()) == 5 * 3600
    stack.control("POST", "/drain")
    assert len(log_of(stack, "counted")) == before + 1
    stack.control("POST", "/clock", {"advance_seconds": 3600})
    stack.control("POST", "/drain")
    assert len(log_of(stack, "counted")) == before + 1
    back = stack.control("POST", "/clock", {"reset": True}).json
    assert abs(datetime.fromisoformat(back["now"]) - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    "body", [None, {}, {"advance_seconds": "1"}, {"advance_seconds": True}, {"advance_seconds": 1e18}, []]
)
def test_a_clock_is_not_moved_by_nonsense(stack: Stack, body: object) -> None:
    assert stack.control("POST", "/clock", body).status == 422


def test_any_function_takes_an_event(stack: Stack) -> None:
    reply = stack.control("POST", "/functions/demo/answer", {"body": '{"answer": {"a": 1}}'})
    assert (reply.status, reply.json) == (200, {"a": 1})
    assert (
        stack.control("POST", "/functions/demo/answer", {"body": '{"raise": "no"}'}).json["errorType"] == "ValueError"
    )
    assert stack.control("POST", "/functions/demo/nothing").status == 404


def test_an_unknown_question_is_404(stack: Stack) -> None:
    assert stack.control("GET", "/clock").status == 404


def test_the_mailbox_keeps_one_mail_per_message_id(stack: Stack) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Box <from@example.com>", "To <to@example.com>", "₹ 5"
    mail["Message-ID"] = "<once@example.com>"
    mail.set_content("plain")
    mail.add_alternative("<p>rich</p>", subtype="html")
    with smtplib.SMTP(stack.ask("GET", "/echo").json["environment"]["MAIL_SMTP"]) as server:
        server.send_message(mail)
        server.send_message(mail)
    found = ask(stack.facts["mail_url"], "GET", "/mail?to=TO@example.com").json
    assert len(found) == 1
    assert (found[0]["subject"], found[0]["text"], found[0]["html"]) == ("₹ 5", "plain\n", "<p>rich</p>\n")
    assert (found[0]["to"], found[0]["message_id"]) == (["to@example.com"], "<once@example.com>")
    assert ask(stack.facts["mail_url"], "GET", "/mail?to=other@example.com").json == []


def test_the_demo_user_is_told(stack: Stack) -> None:
    assert stack.facts["demo_user"] == {"email": "demo@example.com", "password": "a demo of a password"}
    assert children.listens(int(stack.facts["base_url"].rsplit(":", 1)[1]))
