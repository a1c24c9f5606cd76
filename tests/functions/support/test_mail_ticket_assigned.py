"""functions/support/mail_ticket_assigned.py."""

from tests.functions.support.desk import open_ticket, path, resolved, told
from tests.functions.support.mails import deliver, templates
from tests.support.admins import new_admin
from tests.support.client import Client
from tests.support.database import Database


def test_who_has_the_ticket_is_told_once_and_nobody_else(owner: Client, admin: Client, database: Database) -> None:
    first, second = new_admin(database, "support_staff"), new_admin(database, "support_staff")
    ticket = open_ticket(owner)
    for agent in (first, second):
        assert admin.post(path(ticket, "/assign"), {"agent_id": agent.account["admin"]["id"]}).status == 200
    deliver(database, "mail_ticket_assigned", ticket, "TicketAssigned", times=2)
    assert templates(database, ticket) == ["TICKET_ASSIGNED"], "the first one has it no more"
    assert templates(database, ticket, second) == ["TICKET_ASSIGNED"]


def test_who_has_a_ticket_is_told_that_another_of_the_staff_has_re_opened_it(
    owner: Client, admin: Client, database: Database
) -> None:
    agent = new_admin(database, "support_staff")
    ticket = open_ticket(owner)
    assert admin.post(path(ticket, "/assign"), {"agent_id": agent.account["admin"]["id"]}).status == 200
    database.run("delete from outbox where name = 'TicketAssigned'")
    for colleague, reopened in ((agent, 0), (admin, 1)):
        resolved(admin, ticket)
        assert colleague.post(path(ticket, "/reopen"), {"reason": "It is not solved."}).status == 200
        assert told(database, ticket).count("TicketAssigned") == reopened
    deliver(database, "mail_ticket_assigned", ticket, "TicketAssigned")
    assert templates(database, ticket, agent) == ["TICKET_ASSIGNED"]
