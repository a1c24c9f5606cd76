"""GET /api/parties/{party_id}."""

from tests.functions.quotes.boxes import PARTY, add_party
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", f"/api/parties/{add_party(owner)}")


def test_a_party_is_found_by_its_id(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert answer.status == 200
    assert answer.json | PARTY == answer.json


def test_what_is_no_id_of_a_party_is_not_found(owner: Client) -> None:
    for id in ("00000000-0000-7000-8000-000000000000", "17", "x"):
        assert owner.get(f"/api/parties/{id}").status == 404
