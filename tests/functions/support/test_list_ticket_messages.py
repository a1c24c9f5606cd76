"""GET /api/support/tickets/{id}/messages."""

import uuid

from tests.functions.support.desk import TICKETS, open_ticket, path, say, ticket_for
from tests.support.client import Client, Request

OWN = True


def example(caller: Client) -> Request:
    ticket = ticket_for(caller)
    say(caller, ticket)
    return Request("GET", path(ticket, "/messages"))


def test_oldest_first_page_by_page(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    for number in range(5):
        say(admin if number % 2 else owner, ticket, f"Number {number}.", is_internal=number == 3)
    found: list[str] = []
    cursor: dict[str, object] = {}
    while True:
        page = owner.get(path(ticket, "/messages"), limit=2, **cursor).json
        found += [message["message"] for message in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert found == ["Number 0.", "Number 1.", "Number 2.", "Number 4."]
    assert len(admin.get(path(ticket, "/messages")).json["items"]) == 5


def test_of_a_ticket_that_is_not_there_there_are_none(owner: Client) -> None:
    assert owner.get(path(open_ticket(owner), "/messages")).json == {"items": [], "next_cursor": None}
    answer = owner.get(f"{TICKETS}/{uuid.uuid4()}/messages")
    assert (answer.status, answer.json["type"]) == (404, "/problems/ticket-not-found")
