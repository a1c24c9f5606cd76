"""DELETE /api/parties/{party_id}."""

from tests.functions.quotes.boxes import add_party, add_quote
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("DELETE", f"/api/parties/{add_party(owner)}")


def test_a_deleted_party_is_not_found_any_more(owner: Client) -> None:
    request = example(owner)
    answer = owner.send(request)
    assert (answer.status, answer.body) == (204, b"")
    assert owner.get(request.path).status == 404
    assert owner.send(request).status == 404
    assert owner.get("/api/parties").json["items"] == []
    quoted = owner.post("/api/quotes", {"party_id": request.path.rpartition("/")[2], "items": []})
    assert quoted.status == 422


def test_a_party_stays_while_it_has_quotes(owner: Client) -> None:
    quote = add_quote(owner)
    path = f"/api/parties/{quote['party']['id']}"
    answer = owner.delete(path)
    assert (answer.status, answer.json["type"]) == (409, "/problems/party-has-quotes")
    assert owner.get(path).status == 200
    owner.delete(f"/api/quotes/{quote['id']}")
    assert owner.delete(path).status == 204
