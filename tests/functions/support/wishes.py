"""Which mails somebody wants, and the links by which he gets no more of them."""

from typing import Any

from shared.core import keyed
from tests.support.client import Answer, Client, Request

PREFERENCES = "/api/notification-preferences"


def link(client: Client, wish: str = "ticket_reply") -> str:
    """The path of the link in a mail to this user."""
    said = f"{client.account['user']['id']} {wish}"
    return f"/api/public/unsubscribe/{keyed.signed('unsubscribe', said)}"


def wishes(client: Client) -> dict[str, bool]:
    answer = client.get(PREFERENCES)
    assert answer.status == 200, answer.body
    return {name: choice["email"] for name, choice in answer.json.items()}


def choose(client: Client, chosen: dict[str, Any]) -> Answer:
    return client.send(Request("PUT", PREFERENCES, chosen))
