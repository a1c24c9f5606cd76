"""GET /api/pricing/paper-bf-prices."""

from tests.support.client import Client, Request

PATH = "/api/pricing/paper-bf-prices"


def example(owner: Client) -> Request:
    return Request("GET", PATH)


def test_a_new_tenant_has_the_usual_prices_in_order(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert answer.status == 200
    assert {price["bf"]: price["base_price"] for price in answer.json["items"]} == {
        14: "32.00", 16: "33.00", 18: "34.00", 20: "35.00", 22: "36.50", 24: "38.50", 28: "44.50", 35: "50.00",
    }  # fmt: skip
    assert [price["bf"] for price in answer.json["items"]] == [14, 16, 18, 20, 22, 24, 28, 35]
    assert answer.json["next_cursor"] is None


def test_pages_follow_each_other(owner: Client) -> None:
    first = owner.get(PATH, limit=5).json
    rest = owner.get(PATH, limit=5, cursor=first["next_cursor"]).json
    assert [price["bf"] for page in (first, rest) for price in page["items"]] == [14, 16, 18, 20, 22, 24, 28, 35]
    assert rest["next_cursor"] is None
