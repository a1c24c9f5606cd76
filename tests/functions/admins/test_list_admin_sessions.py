"""GET /api/admin/sessions."""

from tests.support import admins
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("GET", "/api/admin/sessions")


def test_it_lists_the_own_ones_newest_first(admin: Client, database: Database) -> None:
    admins.new_admin(database)
    newer = admins.logged_in(admin)
    items = admin.send(example(admin)).json["items"]
    assert [item["current"] for item in items] == [False, True]
    assert newer.send(example(newer)).json["items"][0]["current"]
    assert {item["address"] for item in items} == {"127.0.0.1"}


def test_it_pages(admin: Client) -> None:
    for _ in range(2):
        admins.logged_in(admin)
    first = admin.get("/api/admin/sessions", limit=2).json
    rest = admin.get("/api/admin/sessions", limit=2, cursor=first["next_cursor"]).json
    assert [len(first["items"]), len(rest["items"]), rest["next_cursor"]] == [2, 1, None]


def test_those_that_are_over_are_not_there(admin: Client, database: Database) -> None:
    admins.logged_in(admin).post("/api/admin/logout")
    assert len(admin.send(example(admin)).json["items"]) == 1
