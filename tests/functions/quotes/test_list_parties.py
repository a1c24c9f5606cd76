"""GET /api/parties."""

from tests.functions.quotes.boxes import add_party
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    add_party(owner)
    return Request("GET", "/api/parties?q=pune&limit=10")


def names(owner: Client, **query: object) -> list[str]:
    answer = owner.get("/api/parties", **query)
    assert answer.status == 200, answer.body
    return [party["person_name"] for party in answer.json["items"]]


def test_text_is_found_in_every_searched_field_and_in_any_case(owner: Client) -> None:
    plain = {"company_name": None, "mobile_no": None, "email": None, "gst_no": None, "address": None}
    add_party(owner, **plain | {"person_name": "A", "company_name": "Nagpur Oranges"})
    add_party(owner, **plain | {"person_name": "B", "mobile_no": "020 1234567"})
    add_party(owner, **plain | {"person_name": "C", "email": "sales@oranges.example"})
    add_party(owner, **plain | {"person_name": "D", "gst_no": "27AAPFU0939F1ZV"})
    assert names(owner, q="ORANGES") == ["C", "A"]
    assert names(owner, q="1234567") == ["B"]
    assert names(owner, q="aapfu0939") == ["D"]
    assert names(owner, q="nobody") == []
    assert names(owner) == ["D", "C", "B", "A"]


def test_signs_of_a_pattern_mean_themselves(owner: Client) -> None:
    for name in ("100% Kraft", "100 Kraft", "a_b", "axb", "back\\slash"):
        add_party(owner, person_name=name)
    assert names(owner, q="100%") == ["100% Kraft"]
    assert names(owner, q="a_b") == ["a_b"]
    assert names(owner, q="k\\s") == ["back\\slash"]


def test_pages_follow_each_other_without_gap_or_repeat(owner: Client) -> None:
    for number in range(5):
        add_party(owner, person_name=str(number))
    seen, cursor = [], ""
    while cursor is not None:
        page = owner.get("/api/parties", limit=2, **{"cursor": cursor} if cursor else {}).json
        seen += [party["person_name"] for party in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ["4", "3", "2", "1", "0"]


def test_a_cursor_or_a_query_that_makes_no_sense_is_refused(owner: Client) -> None:
    for query in ({"cursor": "zzz"}, {"limit": 101}, {"q": "a\u0000"}, {"sort": "name"}):
        answer = owner.get("/api/parties", **query)
        assert answer.status == 422, query
        assert answer.json["errors"][0]["pointer"] == f"#/query/{next(iter(query))}"
