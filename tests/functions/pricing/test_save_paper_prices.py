"""POST /api/pricing/paper-bf-prices."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from shared.core import clock, db
from shared.core.call import Actor, Call
from shared.domains.pricing.schemas.settings import PaperPricesIn
from shared.domains.pricing.service import settings
from tests.support import client
from tests.support.client import Client, Request

PATH = "/api/pricing/paper-bf-prices"


def example(owner: Client) -> Request:
    return Request("POST", PATH, {"bf": 26, "base_price": "41.25"})


def prices(owner: Client) -> dict[float, str]:
    return {price["bf"]: price["base_price"] for price in owner.get(PATH, limit=100).json["items"]}


def test_a_price_is_added_and_then_changed(owner: Client) -> None:
    first = owner.send(example(owner))
    assert first.status == 200
    assert (first.json["bf"], first.json["base_price"]) == (26, "41.25")
    second = owner.post(PATH, {"bf": "26.0", "base_price": 42})
    assert second.json["id"] == first.json["id"]
    assert prices(owner)[26] == "42.00"


def test_many_are_saved_at_once_and_the_later_of_two_counts(owner: Client) -> None:
    many = [{"bf": 24, "base_price": "50"}, {"bf": 40, "base_price": "60.123456789012"}, {"bf": 40, "base_price": "61"}]
    answer = owner.post(PATH, {"items": many})
    assert answer.status == 200
    assert [(price["bf"], price["base_price"]) for price in answer.json["items"]] == [(24, "50.00"), (40, "61.00")]
    assert prices(owner)[24] == "50.00"


def test_the_same_many_in_any_order_at_once(owner: Client) -> None:
    """Each row is locked as it is written: in two orders, two callers would wait for each other."""
    many = [{"bf": bf, "base_price": "50"} for bf in range(1, 201)]
    tenant = UUID(owner.account["tenant"]["id"])

    def save(items: list[dict[str, object]]) -> None:
        call = Call(Actor(tenant_id=tenant), clock.now())
        try:
            with db.transaction(db.Scope(tenant)) as call.connection:
                settings.save_paper_prices(call, PaperPricesIn.model_validate({"items": items}))
        finally:
            db.hang_up()

    for _ in range(10):
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(save, (many, many[::-1])))
    assert len(prices(owner)) == 100, "of a page"


@pytest.mark.parametrize(
    ("given", "pointers"),
    [
        ({"bf": 24}, ["#/base_price"]),
        ({"bf": -1, "base_price": "1e3"}, ["#/bf", "#/base_price"]),
        ({"bf": 24, "base_price": "0.1234567890123"}, ["#/base_price"]),
        ({"items": [{"bf": 24, "base_price": 1}, {"bf": 24, "price": 1}]}, ["#/items/1/base_price", "#/items/1/price"]),
        ({"items": []}, ["#/items"]),
        ({"items": [], "bf": 1}, ["#/items", "#/bf"]),
        ([], ["#"]),
    ],
)
def test_pointers_name_what_was_sent(owner: Client, given: object, pointers: list[str]) -> None:
    answer = owner.post(PATH, given)
    assert answer.status == 422
    assert [error["pointer"] for error in answer.json["errors"]] == pointers


def test_a_price_is_its_tenants_own(owner: Client) -> None:
    owner.send(example(owner))
    assert 26 not in prices(client.sign_up())
