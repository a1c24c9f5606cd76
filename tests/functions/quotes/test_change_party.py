"""PATCH /api/parties/{party_id}."""

from tests.functions.quotes.boxes import PARTY, add_party, add_quote
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("PATCH", f"/api/parties/{add_party(owner)}", {"mobile_no": "020 7654321", "email": None})


def test_what_is_given_changes_and_the_rest_stays(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert answer.status == 200
    assert answer.json | PARTY | {"mobile_no": "020 7654321", "email": None} == answer.json
    assert owner.get(f"/api/parties/{answer.json['id']}").json == answer.json


def test_nothing_given_changes_nothing(owner: Client) -> None:
    party = add_party(owner)
    assert owner.patch(f"/api/parties/{party}", {}).json == owner.get(f"/api/parties/{party}").json


def test_a_name_cannot_be_taken_away(owner: Client) -> None:
    party = add_party(owner)
    for name in (None, "", " "):
        assert owner.patch(f"/api/parties/{party}", {"person_name": name}).status == 422


def test_a_quote_keeps_the_party_as_it_was(owner: Client) -> None:
    quote = add_quote(owner)
    owner.patch(f"/api/parties/{quote['party']['id']}", {"company_name": "Renamed"})
    assert owner.get(f"/api/quotes/{quote['id']}").json["party"]["company_name"] == "Pune Foods"


def test_an_unknown_party_is_not_found(owner: Client) -> None:
    answer = owner.patch("/api/parties/00000000-0000-7000-8000-000000000000", {"person_name": "A"})
    assert (answer.status, answer.json["type"]) == (404, "/problems/party-not-found")
