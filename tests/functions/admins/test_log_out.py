"""POST /api/admin/logout."""

from tests.support import admins
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    return Request("POST", "/api/admin/logout")


def test_the_session_ends_at_once_and_no_other(admin: Client) -> None:
    other = admins.logged_in(admin)
    assert admin.send(example(admin)).status == 204
    assert admin.get("/api/admin/profile").status == 401
    assert other.get("/api/admin/profile").status == 200


def test_its_refresh_token_is_dead(admin: Client) -> None:
    admin.send(example(admin))
    given = {"refresh_token": admin.account["refresh_token"]}
    assert Client().post("/api/admin/refresh", given).status == 401
