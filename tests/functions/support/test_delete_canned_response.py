"""DELETE /api/support/canned-responses/{id}."""

from tests.functions.support.responses import RESPONSES, created
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    return Request("DELETE", f"{RESPONSES}/{created(admin)['id']}")


def test_it_is_gone_and_its_title_free(admin: Client) -> None:
    response = created(admin)
    assert admin.delete(f"{RESPONSES}/{response['id']}").status == 204
    assert response["id"] not in [other["id"] for other in admin.get(RESPONSES, limit=100).json["items"]]
    refused = admin.delete(f"{RESPONSES}/{response['id']}")
    assert (refused.status, refused.json["type"]) == (404, "/problems/canned-response-not-found")
    assert created(admin, title=response["title"])["id"] != response["id"]
