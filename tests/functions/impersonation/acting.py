"""Admins who act in users' names, for the tests of it."""

from tests.support.client import Client, Request


def to_start(user: Client, **more: object) -> Request:
    """The request of an admin who wants to act in this user's name."""
    given = {"user_id": user.account["user"]["id"], "reason": "Ticket 1042: the total looks wrong"}
    return Request("POST", "/api/admin/impersonate/start", given | more)


def impersonate(admin: Client, user: Client, **more: object) -> Client:
    """The admin in the user's name; `account` is the answer to his start, with his own id."""
    answer = admin.send(to_start(user, **more))
    assert answer.status == 200, answer.body
    return Client(admin.transport, answer.json["access_token"], answer.json | {"admin": admin.account["admin"]})


def end(client: Client) -> int:
    return client.post("/api/admin/impersonate/end").status


def is_alive(acting: Client) -> bool:
    answer = acting.get("/api/auth/user")
    assert answer.status in (200, 401), answer.body
    return answer.status == 200
