"""functions/support/mail_sla_breached.py."""

from datetime import timedelta

from tests.functions.support.desk import let_pass, open_ticket, path, say
from tests.functions.support.mails import asked, deliver, templates
from tests.support.admins import new_admin
from tests.support.client import Client
from tests.support.database import Database


def test_who_has_the_ticket_is_told_once_of_each(owner: Client, admin: Client, database: Database) -> None:
    agent, ticket = new_admin(database, "support_staff"), open_ticket(owner)
    assert admin.post(path(ticket, "/assign"), {"agent_id": agent.account["admin"]["id"]}).status == 200
    let_pass(database, ticket, timedelta(days=3))
    say(admin, ticket)
    deliver(database, "mail_sla_breached", ticket, "SlaBreached", times=3)
    mails = asked(database, ticket)
    assert sorted(mail.values["promise"] for mail in mails) == ["first answer", "solution"]
    assert {(mail.template, mail.to) for mail in mails} == {("TICKET_OVERDUE", agent.account["admin"]["email"])}


def test_of_what_nobody_has_the_escalation_tells(owner: Client, admin: Client, database: Database) -> None:
    agent, ticket = new_admin(database, "support_staff"), open_ticket(owner)
    let_pass(database, ticket, timedelta(minutes=241))
    say(admin, ticket)
    deliver(database, "mail_sla_breached", ticket, "SlaBreached")
    assert templates(database, ticket) == []
    deliver(database, "mail_ticket_escalated", ticket, "TicketEscalated")
    assert templates(database, ticket, agent) == ["TICKET_ESCALATED"]
