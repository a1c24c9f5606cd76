"""Colleagues of an admin, made by the operations, for the tests of this domain."""

from typing import Any

from tests.support import mailed
from tests.support.admins import logged_in
from tests.support.client import PASSWORD, Answer, Client, Request, new_email

STAFF = "/api/admin/staff"
ALLOWED = "/api/admin/ip-whitelist"


def colleague(admin: Client, role: str = "support_staff") -> dict[str, Any]:
    """A new one, who has no password yet."""
    answer = admin.post(STAFF, {"email": new_email(), "full_name": "Meera Iyer", "role": role})
    assert answer.status == 201, answer.body
    made: dict[str, Any] = answer.json
    return made


def invited(admin: Client, role: str = "support_staff") -> Client:
    """A new one, who has followed his link and logged in."""
    made = colleague(admin, role)
    token = mailed.secret(admin, "STAFF_INVITED", made["email"])
    answer = Client(admin.transport).post("/api/admin/set-password", {"token": token, "password": PASSWORD})
    assert answer.status == 204, answer.body
    return logged_in(Client(admin.transport, account={"admin": made}))


def grant(admin: Client, to: Client, *permissions: str) -> Client:
    """The other in a new session, with these permissions besides those of his role."""
    answer = put(admin, f"{path(to)}/permissions", {"permissions": permissions})
    assert answer.status == 200, answer.body
    return logged_in(to)


def listed(admin: Client, cidr: str = "203.0.113.0/24", **about: Any) -> dict[str, Any]:
    """A new entry of the addresses that admins may come from, about a new colleague unless told."""
    if "admin_id" not in about:
        about["admin_id"] = colleague(admin)["id"]
    answer = admin.post(ALLOWED, {"cidr": cidr, **about})
    assert answer.status == 201, answer.body
    made: dict[str, Any] = answer.json
    return made


def put(client: Client, path: str, json: Any) -> Answer:
    return client.send(Request("PUT", path, json))


def path(admin: Client) -> str:
    return f"{STAFF}/{admin.account['admin']['id']}"


def problem(answer: Answer) -> tuple[int, str]:
    """Status and name."""
    return answer.status, answer.json["type"].removeprefix("/problems/")
