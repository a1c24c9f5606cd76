"""POST /api/coupons/{coupon_id}/approve."""

import uuid

from tests.functions.coupons.campaigns import redeem, tried
from tests.functions.coupons.catalogue import RUNNING, colleague, made, waiting
from tests.support import admins
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", f"/api/coupons/{waiting(admin)['id']}/approve")


def test_it_is_offered_from_then_on(owner: Client, admin: Client) -> None:
    coupon = made(colleague(admin), **RUNNING)
    assert tried(owner, coupon["code"]) == {"valid": False, "reason": "disabled"}
    approved = admin.post(f"/api/coupons/{coupon['id']}/approve")
    assert (approved.status, approved.json["status"]) == (200, "active")
    assert approved.json["decided_by"] == admin.account["admin"]["id"]
    assert approved.json == admin.get(f"/api/coupons/{coupon['id']}").json
    assert redeem(owner, coupon["code"]).status == 201


def test_its_maker_does_not_approve_it(admin: Client, database: Database) -> None:
    marketing = colleague(admin)
    coupon = made(marketing, discount_value=50)
    assert marketing.post(f"/api/coupons/{coupon['id']}/approve").json["type"] == "/problems/forbidden"
    database.run("update admins set granted = '{approve_coupon}' where id = :id", id=marketing.account["admin"]["id"])
    refused = admins.logged_in(marketing).post(f"/api/coupons/{coupon['id']}/approve")
    assert (refused.status, refused.json["type"]) == (403, "/problems/coupon-own-approval")
    assert admin.post(f"/api/coupons/{coupon['id']}/approve").status == 200


def test_only_what_waits_is_approved(admin: Client) -> None:
    coupon = made(admin)
    refused = admin.post(f"/api/coupons/{coupon['id']}/approve")
    assert (refused.status, refused.json["type"], refused.json["state"]) == (
        409,
        "/problems/coupon-not-pending",
        "active",
    )
    assert admin.post(f"/api/coupons/{uuid.uuid4()}/approve").status == 404
