"""GET /api/admin/ip-whitelist."""

from tests.functions.admins.colleagues import ALLOWED, listed
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    listed(admin)
    return Request("GET", ALLOWED)


def test_it_pages_the_newest_first(admin: Client) -> None:
    made = [listed(admin, label=f"office {n}") for n in range(3)]
    first = admin.get(ALLOWED, limit=2).json
    second = admin.get(ALLOWED, limit=1, cursor=first["next_cursor"]).json
    assert first["items"] + second["items"] == made[::-1]


def test_an_entry_tells_who_made_it_and_whom_it_admits(admin: Client) -> None:
    made = listed(admin, label="office")
    assert (made["label"], made["enabled"], made["created_by"]) == ("office", True, admin.account["admin"]["id"])
    assert made["admin_id"] != made["created_by"]
