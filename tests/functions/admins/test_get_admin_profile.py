"""GET /api/admin/profile."""

from tests.support import admins
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("GET", "/api/admin/profile")


def test_it_tells_who_he_is_and_what_he_may(database: Database) -> None:
    viewer = admins.new_admin(database, "support_viewer")
    found = viewer.send(example(viewer)).json
    assert found["email"] == viewer.account["admin"]["email"]
    assert found["role"] == "support_viewer"
    assert "list_tickets" in found["permissions"] and "close_ticket" not in found["permissions"]
    assert found["second_factors"] == []


def test_it_is_not_for_users(owner: Client) -> None:
    assert owner.send(example(owner)).json["type"] == "/problems/wrong-audience"
