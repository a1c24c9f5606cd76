"""POST /api/pricing/paper-bf-prices."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from shared.core import clock, db
from shared.domains.pricing import queries
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
    tenant, together = UUID(owner.account["tenant"]["id"]), threading.Barrier(2, timeout=60)

    def save(order: int) -> None:
        items = [{"id": uuid4(), "bf": str(bf), "base_price": "50"} for bf in range(1, 1001)[::order]]
        try:
            with db.transaction(db.Scope(tenant)) as connection:
                together.wait()
                queries.save_paper_prices(connection, items=items, tenant=tenant, now=clock.now())
        finally:
            db.hang_up()

    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(save, (1, -1)))
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
