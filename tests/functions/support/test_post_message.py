"""POST /api/support/tickets/{id}/messages."""

import uuid
from datetime import timedelta

import pytest

from tests.functions.support.desk import (
    change,
    let_pass,
    open_ticket,
    path,
    resolved,
    say,
    seen,
    ticket_for,
    told,
    upload,
)
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

OWN = True


def example(caller: Client) -> Request:
    ticket = ticket_for(caller)
    given = {"message": "It is the same with seven ply.", "attachment_ids": [upload(caller, ticket)]}
    return Request("POST", path(ticket, "/messages"), given)


def test_support_answers_and_waits_for_the_user_who_then_waits_for_support(
    owner: Client, admin: Client, database: Database
) -> None:
    ticket = open_ticket(owner)
    answered = say(admin, ticket, "Which paper is it?")
    assert (answered.status, answered.json["sender"], answered.json["sender_name"]) == (201, "support", "Nikhil Rao")
    first = seen(owner, ticket)
    assert (first["status"], first["first_response_at"]) == ("waiting_user", answered.json["created_at"])
    assert say(owner, ticket, "Kraft.").json["sender"] == "user"
    assert seen(owner, ticket)["status"] == "in_progress"
    say(admin, ticket, "Thank you.")
    assert seen(owner, ticket)["first_response_at"] == first["first_response_at"], "the first one counts"
    assert told(database, ticket) == ["TicketCreated", "MessagePosted", "MessagePosted", "MessagePosted"]


def test_the_next_answer_has_a_clock_from_the_oldest_question(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    assert seen(owner, ticket)["next_response_due"] is None
    say(owner, ticket, "Hello?")
    assert seen(owner, ticket)["next_response_due"] is None, "the first answer is due"
    say(admin, ticket)
    say(owner, ticket)
    due = seen(owner, ticket)["next_response_due"]
    let_pass(database, ticket, timedelta(minutes=30))
    moved = seen(owner, ticket)["next_response_due"]
    assert moved < due
    say(owner, ticket, "And more.")
    assert seen(owner, ticket)["next_response_due"] == moved
    say(admin, ticket)
    assert seen(owner, ticket)["next_response_due"] is None


def test_a_late_answer_is_a_breach_once_per_wait(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    say(admin, ticket)
    for wait in (1, 2):
        say(owner, ticket)
        let_pass(database, ticket, timedelta(minutes=241))
        say(admin, ticket)
        say(admin, ticket, "And this.")
        assert told(database, ticket).count("SlaBreached") == wait
    assert seen(owner, ticket)["sla"] == {"state": "paused", "breached": True, "level": 2}


def test_a_users_message_reopens_what_was_resolved(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    resolved(admin, ticket)
    say(admin, ticket, "Is it?")
    assert seen(owner, ticket)["status"] == "resolved"
    say(owner, ticket, "It is not.")
    again = seen(owner, ticket)
    assert (again["status"], again["resolved_at"]) == ("in_progress", None)
    assert "TicketReopened" in told(database, ticket)


def test_what_is_said_after_the_solution_does_not_make_the_first_answer_late(
    owner: Client, admin: Client, database: Database
) -> None:
    ticket = open_ticket(owner, priority="urgent")
    solved = resolved(admin, ticket)
    let_pass(database, ticket, timedelta(hours=1))
    say(admin, ticket, "It will stay like that.")
    now = seen(owner, ticket)
    assert (solved["sla"]["state"], now["sla"]["state"], now["sla"]["breached"]) == ("met", "met", False)
    assert now["first_response_at"] == now["resolved_at"]


def test_a_closed_ticket_takes_no_answer_but_a_note(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    change(admin, ticket, status="closed")
    for client in (owner, admin):
        refused = say(client, ticket)
        assert (refused.status, refused.json["type"]) == (409, "/problems/ticket-is-closed")
    assert say(admin, ticket, "He called again.", is_internal=True).status == 201


def test_notes_change_nothing_and_users_write_none(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    before = seen(owner, ticket)
    assert say(admin, ticket, "Has he paid?", is_internal=True).status == 201
    assert seen(owner, ticket) | {"updated_at": ""} == before | {"updated_at": ""}
    assert say(owner, ticket, "Between us.", is_internal=True).status == 403


def test_attachments_are_the_callers_own_and_in_one_message(owner: Client, admin: Client, database: Database) -> None:
    ticket, other = open_ticket(owner), open_ticket(owner)
    file = upload(owner, ticket)
    for client, place, ids in (
        (owner, ticket, [str(uuid.uuid4())]), (owner, other, [file]), (admin, ticket, [file]),
        (owner, ticket, [file, upload(admin, ticket)]),
    ):  # fmt: skip
        refused = say(client, place, attachment_ids=ids)
        assert (refused.status, refused.json["type"]) == (404, "/problems/attachment-not-offered")
    taken = say(owner, ticket, attachment_ids=[file, file])
    assert [part["id"] for part in taken.json["attachments"]] == [file]
    assert say(owner, ticket, attachment_ids=[file]).status == 404
    picture = upload(admin, ticket)
    say(admin, ticket, attachment_ids=[picture])
    assert database.run("select is_internal from support_attachments where id = :id", id=picture) == [[False]]


@pytest.mark.parametrize(("age", "status"), [("23 hours 59 minutes", 201), ("1 day", 404)])
def test_a_file_is_named_within_a_day(owner: Client, database: Database, age: str, status: int) -> None:
    ticket = open_ticket(owner)
    file = upload(owner, ticket)
    older = "update support_attachments set created_at = created_at - cast(:age as interval) where id = :id"
    database.run(older, age=age, id=file)
    answer = say(owner, ticket, attachment_ids=[file])
    assert answer.status == status
    assert status == 201 or answer.json["type"] == "/problems/attachment-not-offered"


@pytest.mark.parametrize("message", ["", "   ", "x" * 10_001])
def test_a_message_says_something(owner: Client, message: str) -> None:
    assert say(owner, open_ticket(owner), message).status == 422


def test_others_say_nothing_here(owner: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    for stranger in (sign_up(), member(owner, "staff", database)):
        assert say(stranger, ticket).status == 404
    assert seen(owner, ticket)["messages"] == []
