"""POST /api/auth/logout."""

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("POST", "/api/auth/logout")


def test_the_access_token_is_dead_at_once(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert (answer.status, answer.body) == (204, b"")
    refused = owner.get("/api/auth/user")
    assert refused.status == 401
    assert "sign in again" in refused.json["detail"]


def test_the_refresh_token_is_dead_too(owner: Client) -> None:
    owner.send(example(owner))
    answer = Client().post("/api/auth/refresh", {"refresh_token": owner.account["refresh_token"]})
    assert answer.status == 401


def test_an_empty_object_is_no_body(owner: Client) -> None:
    assert owner.post("/api/auth/logout", {}).status == 204
