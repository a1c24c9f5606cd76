"""POST /api/pricing/shade-premiums."""

from tests.support.client import Client, Request

PATH = "/api/pricing/shade-premiums"


def example(owner: Client) -> Request:
    return Request("POST", PATH, {"shade": "Golden Kraft", "premium": "2.50"})


def test_a_premium_may_be_negative_and_moves_the_rate(owner: Client) -> None:
    answer = owner.post(PATH, {"shade": "Golden Kraft", "premium": "-0.5"})
    assert answer.status == 200
    assert answer.json["premium"] == "-0.50"
    assert owner.get("/api/pricing/paper-rate", bf=24, gsm=150, shade="golden KRAFT").json["rate"] == "38.00"


def test_a_shade_is_one_in_any_writing(owner: Client) -> None:
    first = owner.send(example(owner)).json
    again = owner.post(PATH, {"items": [{"shade": " GOLDEN kraft ", "premium": 3}, {"shade": "Blue", "premium": 1}]})
    assert again.json["items"][0]["id"] == first["id"]
    assert len(owner.get(PATH).json["items"]) == 12


def test_a_shade_has_a_name(owner: Client) -> None:
    answer = owner.post(PATH, {"shade": " ", "premium": 1})
    assert [error["pointer"] for error in answer.json["errors"]] == ["#/shade"]
