"""GET /api/auth/user."""

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", "/api/auth/user")


def test_it_is_the_user_and_his_tenant(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert answer.json == {"user": owner.account["user"], "tenant": owner.account["tenant"]}
