"""POST /api/coupons/{coupon_id}/reject."""

from tests.functions.coupons.campaigns import tried
from tests.functions.coupons.catalogue import colleague, made, waiting
from tests.support.client import Client, Request

REASON = "The discount is higher than the margin of this plan"


def example(admin: Client) -> Request:
    return Request("POST", f"/api/coupons/{waiting(admin)['id']}/reject", {"reason": REASON})


def test_it_is_not_offered_and_says_why(owner: Client, admin: Client) -> None:
    coupon = waiting(admin)
    rejected = admin.post(f"/api/coupons/{coupon['id']}/reject", {"reason": REASON})
    assert (rejected.status, rejected.json["status"], rejected.json["reason"]) == (200, "rejected", REASON)
    assert tried(owner, coupon["code"]) == {"valid": False, "reason": "disabled"}
    assert admin.post(f"/api/coupons/{coupon['id']}/approve").json["type"] == "/problems/coupon-not-pending"
    assert admin.post(f"/api/coupons/{coupon['id']}/reject", {"reason": REASON}).status == 409


def test_a_reason_need_not_be_given(admin: Client) -> None:
    for body in (None, {}, {"reason": None}):
        rejected = admin.post(f"/api/coupons/{waiting(admin)['id']}/reject", body)
        assert (rejected.status, rejected.json["status"], rejected.json["reason"]) == (200, "rejected", None)


def test_a_change_asks_once_more(admin: Client) -> None:
    marketing = colleague(admin)
    coupon = made(marketing, discount_value=50)
    admin.post(f"/api/coupons/{coupon['id']}/reject", {"reason": REASON})
    changed = marketing.patch(f"/api/coupons/{coupon['id']}", {"discount_value": 40}).json
    assert (changed["status"], changed["reason"], changed["decided_by"]) == ("pending_approval", None, None)
    assert admin.post(f"/api/coupons/{coupon['id']}/approve").json["status"] == "active"
