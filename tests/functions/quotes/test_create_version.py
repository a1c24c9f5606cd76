"""POST /api/quotes/{quote_id}/versions."""

from tests.functions.quotes.boxes import add_quote, box
from tests.support.client import Client, Request
from tests.support.database import Database


def example(owner: Client) -> Request:
    quote = add_quote(owner)
    return Request("POST", f"/api/quotes/{quote['id']}/versions", {"items": [box(quantity=500)], "gst_percent": 18})


def test_the_next_version_is_the_quotes_and_the_former_one_stays_as_it_was(owner: Client) -> None:
    first = add_quote(owner)
    path = f"/api/quotes/{first['id']}"
    answer = owner.post(f"{path}/versions", {"items": [box(quantity=500)], "gst_percent": 18})
    assert answer.status == 201, answer.body
    second = answer.json
    same = ("id", "quote_no", "status", "party", "created_at")
    assert {name: second[name] for name in same} == {name: first[name] for name in same}
    assert (second["version_no"], second["gst_percent"]) == (2, "18.00")
    assert owner.get(path).json == second
    assert owner.get(path, version_no=2).json == second
    assert owner.get(path, version_no=1).json == first
    assert owner.get(path, version_no=3).status == 404


def test_only_the_newest_version_is_not_archived(owner: Client) -> None:
    request = example(owner)
    for _ in range(2):
        owner.send(request)
    versions = owner.get(request.path).json["items"]
    assert [(one["version_no"], one["is_archived"]) for one in versions] == [(3, False), (2, True), (1, True)]


def test_a_version_takes_the_party_as_it_is_now(owner: Client) -> None:
    request = example(owner)
    quote = owner.get(request.path.removesuffix("/versions")).json
    owner.patch(f"/api/parties/{quote['party']['id']}", {"person_name": "Asha"})
    assert owner.send(request).json["party"]["person_name"] == "Asha"


def test_a_refused_version_leaves_the_quote_as_it_was(owner: Client) -> None:
    quote = add_quote(owner)
    path = f"/api/quotes/{quote['id']}"
    answer = owner.post(f"{path}/versions", {"items": [box(height=None)]})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/items/0/height")
    assert owner.get(path).json == quote
    assert owner.post(f"{path}/versions", {"items": [box()], "party_id": quote["party"]["id"]}).status == 422


def test_a_deleted_or_unknown_quote_gets_no_version(owner: Client) -> None:
    request = example(owner)
    owner.delete(request.path.removesuffix("/versions"))
    for path in (request.path, "/api/quotes/00000000-0000-7000-8000-000000000000/versions"):
        answer = owner.post(path, request.json)
        assert (answer.status, answer.json["type"]) == (404, "/problems/quote-not-found")


def test_the_party_of_a_version_is_one_row_of_json(owner: Client, database: Database) -> None:
    owner.send(example(owner))
    kinds = database.run("select distinct jsonb_typeof(party) from quote_versions")
    assert kinds == [["object"]]
