"""GET /api/pricing/rules."""

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", "/api/pricing/rules")


def test_a_new_tenant_has_the_usual_rules(owner: Client) -> None:
    assert owner.send(example(owner)).json == {
        "low_gsm_limit": 101, "low_gsm_adjustment": "1.00", "high_gsm_limit": 201, "high_gsm_adjustment": "1.00",
        "market_adjustment": "0.00",
    }  # fmt: skip
