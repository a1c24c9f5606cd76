"""DELETE /api/coupons/{coupon_id}."""

import uuid

from tests.functions.coupons.campaigns import consume, redeem, redeemed, tried
from tests.functions.coupons.catalogue import RUNNING, colleague, made
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    return Request("DELETE", f"/api/coupons/{made(admin)['id']}")


def test_it_is_offered_no_longer_but_what_is_reserved_stays(owner: Client, admin: Client) -> None:
    coupon = made(admin, max_uses_per_user=2, **RUNNING)
    reserved = redeemed(owner, coupon["code"])
    for _ in range(2):
        assert admin.delete(f"/api/coupons/{coupon['id']}").status == 204
    assert admin.get(f"/api/coupons/{coupon['id']}").json["status"] == "disabled"
    assert tried(owner, coupon["code"]) == {"valid": False, "reason": "disabled"}
    assert redeem(owner, coupon["code"]).json["type"] == "/problems/coupon-disabled"
    assert consume(admin, reserved).status == 200


def test_only_who_may_disables(admin: Client) -> None:
    marketing = colleague(admin)
    assert marketing.delete(f"/api/coupons/{made(marketing)['id']}").status == 403
    assert admin.delete(f"/api/coupons/{uuid.uuid4()}").status == 404
