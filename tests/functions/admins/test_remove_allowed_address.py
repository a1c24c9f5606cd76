"""DELETE /api/admin/ip-whitelist/{entry_id}."""

from tests.functions.admins.colleagues import ALLOWED, listed, problem
from tests.support.client import Client, Request

ROUND_TRIPS = 3  # whether its author is still admitted shows once it is gone


def example(admin: Client) -> Request:
    return Request("DELETE", f"{ALLOWED}/{listed(admin)['id']}")


def test_it_is_gone(admin: Client) -> None:
    request = example(admin)
    assert admin.send(request).status == 204
    assert problem(admin.send(request)) == (404, "allowed-address-not-found")
    assert request.path.rpartition("/")[2] not in admin.get(ALLOWED, limit=100).body.decode()
