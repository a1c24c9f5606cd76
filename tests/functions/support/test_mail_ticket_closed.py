"""functions/support/mail_ticket_closed.py."""

from tests.functions.members.people import verified
from tests.functions.support.desk import change, open_ticket, resolved
from tests.functions.support.mails import asked, deliver, templates
from tests.support.client import Client
from tests.support.database import Database


def test_what_is_closed_at_once_is_told_with_the_link_to_rate(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(verified(owner))
    assert change(admin, ticket, status="closed").status == 200
    deliver(database, "mail_ticket_closed", ticket, "TicketClosed", times=2)
    [mail] = asked(database, ticket)
    assert (mail.template, mail.values["outcome"]) == ("TICKET_ENDED", "closed")
    assert mail.link
    assert mail.link["page"].endswith("/support/rating")


def test_that_a_resolved_one_is_closed_is_told_to_nobody(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(verified(owner))
    resolved(admin, ticket)
    assert change(admin, ticket, status="closed").status == 200
    deliver(database, "mail_ticket_closed", ticket, "TicketClosed")
    assert templates(database, ticket) == []
