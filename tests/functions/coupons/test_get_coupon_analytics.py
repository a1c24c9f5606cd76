"""GET /api/coupons/{coupon_id}/analytics."""

import uuid

import pytest

from tests.functions.coupons.campaigns import consume, redeemed, release
from tests.functions.coupons.catalogue import RUNNING, colleague, made
from tests.support import clocks
from tests.support.client import Client, Request, sign_up


def example(admin: Client) -> Request:
    return Request("GET", f"/api/coupons/{made(admin)['id']}/analytics")


def test_it_is_about_this_coupon_alone(owner: Client, admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks.stop(monkeypatch)
    coupon, other = (made(admin, max_uses=8, max_uses_per_user=5, **RUNNING) for _ in range(2))
    for client, amount in ((owner, "999.00"), (owner, "100.05"), (sign_up(), "0.02")):
        consume(admin, redeemed(client, coupon["code"], purchase_amount=amount))
    consume(admin, redeemed(owner, other["code"]))
    release(owner, redeemed(owner, coupon["code"]))
    figures = admin.get(f"/api/coupons/{coupon['id']}/analytics").json
    [day] = figures.pop("by_day")
    assert figures == {
        "uses": 3, "distinct_users": 2, "redemption_rate": "0.375",
        "money": [
            {
                "currency": "INR", "uses": 3, "total_discount": "219.81", "mean_discount": "73.27",
                "purchase_amount": "1099.07",
            }
        ],
    }  # fmt: skip
    assert (day["uses"], day["total_discount"], day["purchase_amount"]) == (3, "219.81", "1099.07")


def test_what_waits_for_approval_again_was_offered(owner: Client, admin: Client) -> None:
    marketing = colleague(admin)
    coupon = made(marketing, max_uses=4, **RUNNING)
    assert admin.post(f"/api/coupons/{coupon['id']}/approve").status == 200
    consume(admin, redeemed(owner, coupon["code"]))
    waits = marketing.patch(f"/api/coupons/{coupon['id']}", {"max_uses": 200}).json
    assert waits["status"] == "pending_approval"
    assert admin.get(f"/api/coupons/{coupon['id']}/analytics").json["redemption_rate"] == "0.005"


def test_no_more_is_used_than_offered_where_the_limit_was_lowered(owner: Client, admin: Client) -> None:
    coupon = made(admin, max_uses=3, max_uses_per_user=3, **RUNNING)
    for _ in range(3):
        consume(admin, redeemed(owner, coupon["code"]))
    assert admin.patch(f"/api/coupons/{coupon['id']}", {"max_uses": 1}).status == 200
    assert admin.get(f"/api/coupons/{coupon['id']}/analytics").json["redemption_rate"] == "1.00"
    admin.patch(f"/api/coupons/{coupon['id']}", {"max_uses": None})
    assert admin.get(f"/api/coupons/{coupon['id']}/analytics").json["redemption_rate"] is None


def test_without_a_limit_there_is_no_rate_and_without_uses_nothing(admin: Client) -> None:
    coupon = made(admin, max_uses=None, **RUNNING)
    figures = admin.get(f"/api/coupons/{coupon['id']}/analytics").json
    assert figures == {"uses": 0, "distinct_users": 0, "redemption_rate": None, "money": [], "by_day": []}
    assert admin.get(f"/api/coupons/{uuid.uuid4()}/analytics").status == 404
