"""POST /api/support/tickets/{id}/rating."""

import pytest

from tests.functions.support.desk import change, open_ticket, path, resolved, seen, superior, ticket_for, told
from tests.support.admins import new_admin
from tests.support.client import Client, Request
from tests.support.database import Database

OWN = True


def example(caller: Client) -> Request:
    ticket = ticket_for(caller)
    resolved(superior(caller), ticket)
    return Request("POST", path(ticket, "/rating"), {"rating": 5, "feedback": "Quick and friendly."})


def test_once_it_has_ended_it_is_rated_once(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    early = owner.post(path(ticket, "/rating"), {"rating": 1})
    assert (early.status, early.json["type"]) == (409, "/problems/ticket-not-ended")
    resolved(admin, ticket)
    assert owner.post(path(ticket, "/rating"), {"rating": 4}).json == {"rating": 4, "feedback": None}
    again = owner.post(path(ticket, "/rating"), {"rating": 1})
    assert (again.status, again.json["type"]) == (409, "/problems/ticket-already-rated")
    assert seen(owner, ticket)["rating"] == 4
    assert told(database, ticket).count("TicketRated") == 1


@pytest.mark.parametrize("rating", [0, 6, 3.5, "5", True])
def test_from_one_to_five(owner: Client, rating: object) -> None:
    refused = owner.post(path(open_ticket(owner), "/rating"), {"rating": rating})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "#/rating")


def test_agents_do_not_rate_themselves(owner: Client, admin: Client, database: Database) -> None:
    ticket, staff = open_ticket(owner), new_admin(database, "support_staff")
    change(admin, ticket, status="closed")
    assert staff.post(path(ticket, "/rating"), {"rating": 5}).status == 403
    assert admin.post(path(ticket, "/rating"), {"rating": 2}).status == 200, "what the customer told on the phone"
