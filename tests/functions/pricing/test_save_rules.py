"""POST /api/pricing/rules."""

from tests.support.client import Client, Request

PATH = "/api/pricing/rules"
RULES = {
    "low_gsm_limit": 120, "low_gsm_adjustment": "2", "high_gsm_limit": 180, "high_gsm_adjustment": 0,
    "market_adjustment": "-3.25",
}  # fmt: skip


def example(owner: Client) -> Request:
    return Request("POST", PATH, RULES)


def test_rules_are_replaced_and_move_the_rate(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert answer.status == 200
    assert answer.json["market_adjustment"] == "-3.25"
    assert owner.get(PATH).json == answer.json
    rates = [owner.get("/api/pricing/paper-rate", bf=24, gsm=gsm).json["rate"] for gsm in (120, 121, 180)]
    assert rates == ["37.25", "35.25", "35.25"]


def test_every_rule_is_given(owner: Client) -> None:
    answer = owner.post(PATH, {"market_adjustment": "1"})
    assert len(answer.json["errors"]) == 4
