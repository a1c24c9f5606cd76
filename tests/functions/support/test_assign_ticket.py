"""POST /api/support/tickets/{id}/assign."""

import pytest

from tests.functions.support.desk import change, open_ticket, path, say, seen, told
from tests.support.admins import new_admin
from tests.support.client import Answer, Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    ticket = open_ticket(sign_up(admin.transport))
    return Request("POST", path(ticket, "/assign"), {"agent_id": admin.account["admin"]["id"]})


def assign(admin: Client, ticket: dict[str, object], agent: Client) -> Answer:
    return admin.post(path(ticket, "/assign"), {"agent_id": agent.account["admin"]["id"]})


def test_an_open_ticket_is_in_progress_then(owner: Client, admin: Client, database: Database) -> None:
    ticket, staff = open_ticket(owner), new_admin(database, "support_staff")
    answer = assign(admin, ticket, staff)
    assert (answer.status, answer.json["status"]) == (200, "in_progress")
    assert seen(owner, ticket)["assigned_to"] == staff.account["admin"]["id"]
    assert assign(admin, ticket, staff).status == 200
    assert told(database, ticket) == ["TicketCreated", "TicketAssigned"], "he has it already"


def test_one_that_waits_for_its_user_still_does(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    say(admin, ticket)
    assert assign(admin, ticket, admin).json["status"] == "waiting_user"


def test_who_takes_one_of_nobody_keeps_it(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    staff, other = new_admin(database, "support_staff"), new_admin(database, "support_staff")
    assert assign(staff, ticket, staff).status == 200
    assert assign(other, ticket, other).status == 404, "it is not his to see any more"


@pytest.mark.parametrize("role", ["support_viewer", "marketing_staff", "finance_admin", "disabled"])
def test_it_is_for_who_works_on_tickets(owner: Client, admin: Client, database: Database, role: str) -> None:
    other = new_admin(database, "support_staff" if role == "disabled" else role)
    if role == "disabled":
        database.run("update admins set disabled_at = now() where id = :id", id=other.account["admin"]["id"])
    refused = assign(admin, open_ticket(owner), other)
    assert (refused.status, refused.json["type"]) == (404, "/problems/agent-not-found")
    assert refused.json["errors"][0]["pointer"] == "#/agent_id"


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_what_has_ended_is_nobodys_work(owner: Client, admin: Client, status: str) -> None:
    ticket = open_ticket(owner)
    change(admin, ticket, status=status)
    refused = assign(admin, ticket, admin)
    assert (refused.status, refused.json["type"]) == (409, "/problems/ticket-has-ended")
