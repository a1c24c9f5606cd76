"""POST /api/support/tickets/{id}/close."""

from tests.functions.support.desk import open_ticket, path, resolved, seen, ticket_for, told
from tests.support.admins import new_admin
from tests.support.client import Client, Request
from tests.support.database import Database

OWN = True


def example(caller: Client) -> Request:
    return Request("POST", path(ticket_for(caller), "/close"), {"note": "I found it myself."})


def test_its_requester_closes_it_for_good(owner: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    closed = owner.post(path(ticket, "/close"), {"note": "I found it myself."})
    assert (closed.status, closed.json["status"], closed.json["resolved_at"]) == (200, "closed", None)
    assert (closed.json["sla"]["state"], closed.json["resolution_note"]) == ("met", "I found it myself.")
    [said] = seen(owner, ticket)["messages"]
    assert said["message"] == "Closed by Asha Sharma: I found it myself."
    again = owner.post(path(ticket, "/close"), {})
    assert (again.status, again.json["type"]) == (409, "/problems/ticket-move-refused")
    assert told(database, ticket) == ["TicketCreated", "TicketClosed"]


def test_nothing_has_to_be_said(owner: Client) -> None:
    closed = owner.post(path(open_ticket(owner), "/close"))
    assert (closed.status, closed.json["status"], closed.json["resolution_note"]) == (200, "closed", None)


def test_staff_close_what_was_resolved(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    resolved(admin, ticket)
    refused = admin.post(path(ticket, "/close"), {"note": "Too short"})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "#/note")
    closed = admin.post(path(ticket, "/close"), {})
    assert (closed.status, closed.json["resolution_note"]) == (200, None)
    assert closed.json["resolved_at"] is not None
    assert owner.post(path(ticket, "/close"), {"note": "Four"}).status == 422
    viewer = new_admin(database, "support_viewer")
    assert viewer.post(path(ticket, "/close"), {}).json["permission"] == "close_ticket"
