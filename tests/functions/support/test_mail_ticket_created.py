"""functions/support/mail_ticket_created.py."""

import pytest

from shared.core import keyed
from tests.functions.members.people import verified
from tests.functions.support.desk import open_ticket
from tests.functions.support.mails import address, asked, deliver, hear, templates
from tests.functions.support.wishes import choose
from tests.support.admins import new_admin
from tests.support.client import Client
from tests.support.database import Database
from tests.support.examples import member


def created(database: Database, owner: Client, *, times: int = 1) -> dict[str, object]:
    ticket = open_ticket(verified(owner))
    deliver(database, "mail_ticket_created", ticket, "TicketCreated", times=times)
    return ticket


def test_the_requester_and_the_staff_are_told_once(owner: Client, database: Database) -> None:
    agent = new_admin(database, "support_staff")
    ticket = created(database, owner, times=3)
    assert templates(database, ticket, owner) == ["TICKET_CREATED"]
    assert templates(database, ticket, agent) == ["TICKET_WAITING"]
    [mail] = asked(database, ticket, agent)
    assert mail.values["link"].endswith(f"/admin/support/tickets/{ticket['id']}")
    assert mail.values["company_name"] == "Sharma Packaging", "numbers are the tenant's own"
    assert mail.unsubscribe is None, "it is his work"


def test_the_requester_can_do_without(owner: Client, database: Database) -> None:
    [mail] = asked(database, created(database, owner), owner)
    assert mail.unsubscribe
    said = f"{owner.account['user']['id']} ticket_created"
    assert mail.unsubscribe["of"] == said
    token = keyed.signed("unsubscribe", said)
    assert Client().post(f"/api/public/unsubscribe/{token}").status == 200
    ticket = created(database, owner)
    assert templates(database, ticket, owner) == []
    assert "TICKET_WAITING" in templates(database, ticket)
    choose(owner, {"ticket_created": {"email": True}, "ticket_reply": {"email": False}})
    assert templates(database, created(database, owner), owner) == ["TICKET_CREATED"]


@pytest.mark.parametrize(
    "change",
    [
        "update users set email_verified = false where id = :user",
        "update users set disabled_at = now() where id = :user",
        "update tenants set suspended_at = now() where id = :tenant",
        "update tenants set closed_at = now() where id = :tenant",
    ],
)
def test_who_cannot_read_it_or_never_said_that_the_address_is_his_is_not_mailed(
    owner: Client, database: Database, change: str
) -> None:
    ticket = open_ticket(verified(owner))
    given = {"user": owner.account["user"]["id"], "tenant": owner.account["tenant"]["id"]}
    database.run(change, **{name: id for name, id in given.items() if f":{name}" in change})
    deliver(database, "mail_ticket_created", ticket, "TicketCreated")
    assert templates(database, ticket, owner) == []
    assert "TICKET_WAITING" in templates(database, ticket)


@pytest.mark.parametrize("role", ["support_viewer", "marketing_staff", "finance_admin"])
def test_of_the_staff_only_who_works_on_tickets_is_told(owner: Client, database: Database, role: str) -> None:
    other, disabled = new_admin(database, role), new_admin(database, "support_staff")
    database.run("update admins set disabled_at = now() where email = :email", email=address(disabled))
    ticket = created(database, owner)
    assert templates(database, ticket, other) == templates(database, ticket, disabled) == []


def test_the_requester_is_told_though_another_opened_it(owner: Client, database: Database) -> None:
    colleague = verified(member(owner, "staff", database))
    ticket = open_ticket(owner, requester_id=colleague.account["user"]["id"])
    deliver(database, "mail_ticket_created", ticket, "TicketCreated")
    assert templates(database, ticket, colleague) == ["TICKET_CREATED"]
    assert templates(database, ticket, owner) == []


def test_who_has_left_gets_no_mail_of_the_tenant(owner: Client, database: Database) -> None:
    colleague = verified(member(owner, "staff", database))
    ticket = open_ticket(owner, requester_id=colleague.account["user"]["id"])
    database.run("delete from tenant_users where user_id = :id", id=colleague.account["user"]["id"])
    deliver(database, "mail_ticket_created", ticket, "TicketCreated")
    assert templates(database, ticket, colleague) == []


def test_a_ticket_that_is_gone_is_told_to_nobody(owner: Client, database: Database) -> None:
    ticket = open_ticket(verified(owner))
    database.run("delete from support_tickets where id = :id", id=ticket["id"])
    hear("mail_ticket_created", ticket["tenant_id"], {"ticket_id": ticket["id"], "number": ticket["number"]})
    assert templates(database, ticket) == []
