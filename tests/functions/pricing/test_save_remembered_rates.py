"""POST /api/rate-memory."""

from tests.support.client import Client, Request

PATH = "/api/rate-memory"


def example(owner: Client) -> Request:
    return Request("POST", PATH, {"bf": 24, "shade": "Golden Kraft", "rate": "41"})


def test_a_rate_is_kept_by_burst_factor_and_shade(owner: Client) -> None:
    first = owner.send(example(owner))
    assert first.status == 200
    assert (first.json["bf"], first.json["shade"], first.json["rate"]) == (24, "Golden Kraft", "41.00")
    same = owner.post(PATH, {"bf": 24, "shade": "GOLDEN KRAFT", "rate": "42.5"}).json
    other = owner.post(PATH, {"bf": 26, "shade": "Golden Kraft", "rate": "43"}).json
    assert same["id"] == first.json["id"] != other["id"]
    assert [rate["rate"] for rate in owner.get(PATH).json["items"]] == ["42.50", "43.00"]


def test_a_negative_rate_is_refused(owner: Client) -> None:
    answer = owner.post(PATH, {"bf": 24, "shade": "Golden Kraft", "rate": -1})
    assert [error["pointer"] for error in answer.json["errors"]] == ["#/rate"]
