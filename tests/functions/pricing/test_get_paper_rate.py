"""GET /api/pricing/paper-rate."""

from tests.support.client import Client, Request

PATH = "/api/pricing/paper-rate"


def example(owner: Client) -> Request:
    return Request("GET", f"{PATH}?bf=24&gsm=100&shade=Golden+Kraft")


def test_a_rate_shows_what_it_is_made_of(owner: Client) -> None:
    assert owner.send(example(owner)).json == {
        "rate": "39.50", "bf_base_price": "38.50", "gsm_adjustment": "1.00", "shade_premium": "0.00",
        "market_adjustment": "0.00",
    }  # fmt: skip


def test_a_burst_factor_without_a_price_has_no_rate(owner: Client) -> None:
    answer = owner.get(PATH, bf=25, gsm=100, shade="Kraft/Natural")
    assert answer.status == 404
    assert answer.json["type"] == "/problems/paper-price-missing"


def test_what_is_no_number_is_named(owner: Client) -> None:
    answer = owner.get(PATH, bf="x", gsm="", shade="a")
    assert [error["pointer"] for error in answer.json["errors"]] == ["#/query/bf", "#/query/gsm"]
