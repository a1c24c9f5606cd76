"""POST /api/settings/fluting."""

from tests.support.client import Client, Request

PATH = "/api/settings/fluting"


def example(owner: Client) -> Request:
    return Request("POST", PATH, {"flute": "D", "factor": "1.5", "height_mm": 2})


def test_a_letter_is_added_and_then_changed(owner: Client) -> None:
    first = owner.send(example(owner))
    assert first.status == 200
    assert (first.json["flute"], first.json["factor"], first.json["height_mm"]) == ("D", 1.5, 2)
    again = owner.post(PATH, {"items": [{"flute": "d", "factor": 1.4, "height_mm": 2.1}]}).json["items"]
    assert [(flute["id"], flute["factor"]) for flute in again] == [(first.json["id"], 1.4)]
    assert len(owner.get(PATH).json["items"]) == 6


def test_a_flute_is_one_letter(owner: Client) -> None:
    answer = owner.post(PATH, {"flute": "BC", "factor": 11, "height_mm": -1})
    assert [error["pointer"] for error in answer.json["errors"]] == ["#/flute", "#/factor", "#/height_mm"]
