"""GET /api/api-keys."""

from tests.functions.members.people import make_key
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    make_key(owner, "quotes:read")
    return Request("GET", "/api/api-keys")


def test_newest_first_with_what_tells_them_apart(owner: Client) -> None:
    first, second = make_key(owner, "quotes:read"), make_key(owner, "parties:write", "parties:read")
    second.get("/api/parties")
    found = owner.get("/api/api-keys").json["items"]
    assert [key["id"] for key in found] == [second.account["key_id"], first.account["key_id"]]
    assert (found[0]["prefix"], found[0]["scopes"]) == (str(second.token)[:12], ["parties:read", "parties:write"])
    assert found[0]["last_used_at"] is not None
    assert found[1]["last_used_at"] is None
    assert str(first.token)[13:] not in str(found)


def test_a_cursor_goes_on_where_the_page_ended(owner: Client) -> None:
    ids = [make_key(owner, "quotes:read").account["key_id"] for _ in range(3)]
    first = owner.get("/api/api-keys", limit=2).json
    second = owner.get("/api/api-keys", limit=2, cursor=first["next_cursor"]).json
    assert [key["id"] for key in first["items"] + second["items"]] == ids[::-1]
