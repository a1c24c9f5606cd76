"""functions/support/mail_ticket_reply.py."""

import pytest

from tests.functions.members.people import verified
from tests.functions.support.desk import open_ticket, path, say
from tests.functions.support.mails import deliver, templates
from tests.functions.support.wishes import choose
from tests.support.admins import new_admin
from tests.support.client import Client
from tests.support.database import Database
from tests.support.examples import member


@pytest.fixture
def agent(database: Database) -> Client:
    return new_admin(database, "support_staff")


def told(database: Database, ticket: dict[str, object], *, times: int = 1) -> None:
    deliver(database, "mail_ticket_reply", ticket, "MessagePosted", times=times)


def test_an_answer_is_told_to_the_requester_once(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(verified(owner))
    say(admin, ticket)
    told(database, ticket, times=3)
    assert templates(database, ticket) == ["TICKET_REPLIED"]
    assert templates(database, ticket, owner) == ["TICKET_REPLIED"]


def test_a_question_is_told_to_who_has_the_ticket(
    owner: Client, admin: Client, agent: Client, database: Database
) -> None:
    ticket = open_ticket(verified(owner))
    assert admin.post(path(ticket, "/assign"), {"agent_id": agent.account["admin"]["id"]}).status == 200
    say(owner, ticket)
    told(database, ticket)
    assert templates(database, ticket) == ["TICKET_ANSWERED"]
    assert templates(database, ticket, agent) == ["TICKET_ANSWERED"]


def test_a_question_that_nobody_has_is_told_to_the_desk(owner: Client, agent: Client, database: Database) -> None:
    ticket = open_ticket(verified(owner))
    say(owner, ticket)
    told(database, ticket)
    assert templates(database, ticket, agent) == ["TICKET_ANSWERED"]
    assert templates(database, ticket, owner) == []


def test_a_colleagues_message_is_told_to_the_requester_too(owner: Client, database: Database) -> None:
    colleague = member(owner, "staff", database)
    ticket = open_ticket(verified(colleague))
    say(owner, ticket)
    told(database, ticket)
    assert templates(database, ticket, colleague) == ["TICKET_REPLIED"]


def test_notes_are_told_to_nobody(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(verified(owner))
    say(admin, ticket, is_internal=True)
    told(database, ticket)
    assert templates(database, ticket) == []


def test_who_wants_no_mails_of_answers_gets_none(owner: Client, admin: Client, database: Database) -> None:
    choose(owner, {"ticket_reply": {"email": False}})
    ticket = open_ticket(verified(owner))
    say(admin, ticket)
    told(database, ticket)
    assert templates(database, ticket) == []
