"""functions/support/mail_ticket_escalated.py."""

from datetime import timedelta

from tests.functions.support.desk import let_pass, open_ticket, path, say
from tests.functions.support.mails import asked, deliver, hear, templates
from tests.support.admins import new_admin
from tests.support.client import Client
from tests.support.database import Database


def escalated(ticket: dict[str, object], **event: object) -> None:
    given = {"cause": "resolution", "level": 1, "to": "support_staff", "at": "2026-11-20T12:00:00Z"} | event
    hear("mail_ticket_escalated", ticket["tenant_id"], given | {"ticket_id": ticket["id"], "number": ticket["number"]})


def test_the_first_level_goes_to_the_desk_and_the_second_to_super_admins(
    owner: Client, admin: Client, database: Database
) -> None:
    agent, ticket = new_admin(database, "support_staff"), open_ticket(owner)
    let_pass(database, ticket, timedelta(days=3))
    say(admin, ticket)
    deliver(database, "mail_ticket_escalated", ticket, "TicketEscalated", times=2)
    assert [mail.values["level"] for mail in asked(database, ticket, agent)] == ["1"]
    assert sorted(mail.values["level"] for mail in asked(database, ticket, admin)) == ["2", "3"]
    assert [mail.values["why"] for mail in asked(database, ticket, agent)] == ["the first answer is overdue"]
    assert templates(database, ticket, owner) == []


def test_who_has_it_hears_of_it_where_no_promise_is_broken(owner: Client, admin: Client, database: Database) -> None:
    agent, ticket = new_admin(database, "support_staff"), open_ticket(owner)
    assert admin.post(path(ticket, "/assign"), {"agent_id": agent.account["admin"]["id"]}).status == 200
    escalated(ticket)
    assert templates(database, ticket, agent) == [], "the mail of the broken promise tells him"
    escalated(ticket, cause="slow", level=2, to="super_admin")
    [mail] = asked(database, ticket, agent)
    assert mail.values["why"] == "solving it takes long"
