"""DELETE /api/api-keys/{key_id}."""

from tests.functions.members.people import join, make_key
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("DELETE", f"/api/api-keys/{make_key(owner, 'quotes:read').account['key_id']}")


def test_it_is_refused_with_the_next_request(owner: Client) -> None:
    key = make_key(owner, "quotes:read")
    assert key.get("/api/quotes").status == 200
    assert join(owner, "admin").delete(f"/api/api-keys/{key.account['key_id']}").status == 204
    assert key.get("/api/quotes").status == 401
    assert owner.get("/api/api-keys").json["items"] == []
    assert owner.delete(f"/api/api-keys/{key.account['key_id']}").status == 404
