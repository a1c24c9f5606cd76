"""GET /api/admin/staff."""

from tests.functions.admins.colleagues import STAFF, colleague, invited
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("GET", STAFF)


def everybody(admin: Client, limit: int) -> list[dict[str, object]]:
    found, cursor = [], {}
    while True:
        page = admin.get(STAFF, limit=limit, **cursor).json
        assert len(page["items"]) <= limit
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


def test_it_pages_from_who_was_there_first(admin: Client) -> None:
    for _ in range(3):
        colleague(admin)
    found = everybody(admin, 2)
    assert found == everybody(admin, 100)
    assert len({one["id"] for one in found}) == len(found) >= 4
    assert [one["created_at"] for one in found] == sorted(str(one["created_at"]) for one in found)


def test_it_tells_what_each_may_and_how_he_is(admin: Client, database: Database) -> None:
    active, new = invited(admin, "finance_admin"), colleague(admin)
    admin.delete(f"{STAFF}/{new['id']}")
    found = {str(one["id"]): one for one in everybody(admin, 100)}
    seen = found[active.account["admin"]["id"]]
    assert (seen["role"], seen["status"], seen["second_factors"], seen["granted"]) == (
        "finance_admin",
        "active",
        [],
        [],
    )
    assert "process_refund" in str(seen["permissions"])
    assert seen["last_seen_at"] is not None
    gone = found[new["id"]]
    assert (gone["status"], gone["last_seen_at"]) == ("disabled", None)
    assert all("hash" not in name for name in seen)
