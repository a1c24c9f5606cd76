"""PATCH /api/coupons/{coupon_id}."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.functions.coupons.campaigns import add_coupon, redeem, redeemed, release, tried
from tests.functions.coupons.catalogue import RUNNING, colleague, made
from tests.support.client import Answer, Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("PATCH", f"/api/coupons/{made(admin)['id']}", {"max_uses": 50})


def change(admin: Client, coupon: Any, **changes: object) -> Answer:
    return admin.patch(f"/api/coupons/{coupon['id']}", changes)


def test_only_what_is_given_changes(admin: Client) -> None:
    coupon = made(admin, max_discount_amount="500.00", plan_ids=["pro"])
    changed = change(
        admin, coupon, name="Diwali", max_discount_amount=None, max_uses_per_user=2, plan_ids=["pro", "gold"]
    )
    assert changed.status == 200, changed.body
    updated_at = changed.json["updated_at"]
    assert changed.json == coupon | {
        "name": "Diwali", "max_discount_amount": None, "max_uses_per_user": 2, "plan_ids": ["pro", "gold"],
        "updated_at": updated_at,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "OTHER"}, "code"),
        ({"hot": True}, "hot"),
        ({"discount_value": 101}, "discount_value"),
        ({"coupon_type": "fixed_amount"}, "currency"),
        ({"duration": "repeating"}, "duration_in_cycles"),
        ({"valid_until": "2026-01-01T00:00:00Z"}, "valid_until"),
        ({"assigned_to": str(uuid.UUID(int=7))}, "assigned_to"),
    ],
)
def test_what_does_not_fit_the_rest_is_refused(admin: Client, changes: dict[str, object], field: str) -> None:
    answer = change(admin, made(admin), **changes)
    assert answer.status == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [f"#/{field}"]


def test_what_a_coupon_in_use_takes_off_stays(owner: Client, admin: Client) -> None:
    coupon = made(admin, **RUNNING)
    reserved = redeemed(owner, coupon["code"])
    refused = change(admin, coupon, discount_value=25, duration="forever", name="Diwali")
    assert (refused.status, refused.json["type"]) == (409, "/problems/coupon-in-use")
    assert refused.json["fields"] == ["discount_value", "duration"]
    kept = change(admin, coupon, discount_value="20.0", name="Diwali", max_uses=1)
    assert (kept.status, kept.json["uses"]) == (200, 1)
    assert redeem(sign_up(), coupon["code"]).json["type"] == "/problems/coupon-exhausted"
    release(owner, reserved)
    assert change(admin, coupon, discount_value=25).status == 200
    assert tried(owner, coupon["code"])["discount_amount"] == "249.75"


def test_an_expired_one_that_is_extended_runs_again(owner: Client, admin: Client, database: Database) -> None:
    now = datetime.now(UTC)
    code = add_coupon(database, status="expired", valid_until=now - timedelta(hours=1))
    [coupon] = admin.get("/api/coupons", q=code).json["items"]
    assert change(admin, coupon, name="Later").json["status"] == "expired"
    later = (now + timedelta(days=1)).isoformat()
    assert change(admin, coupon, valid_until=later).json["status"] == "active"
    assert database.run("select status from coupons where code = :code", code=code) == [["active"]]
    assert tried(owner, code)["valid"]


def test_the_uses_of_a_hot_one_become_more_not_less(admin: Client) -> None:
    coupon = made(admin, hot=True, max_uses=1, **RUNNING)
    redeemed(sign_up(), coupon["code"])
    assert redeem(sign_up(), coupon["code"]).status == 409
    assert change(admin, coupon, max_uses=2).json["max_uses"] == 2
    redeemed(sign_up(), coupon["code"])
    assert redeem(sign_up(), coupon["code"]).status == 409
    for fewer in (1, None):
        assert change(admin, coupon, max_uses=fewer).json["errors"][0]["pointer"] == "#/max_uses"


def test_a_disabled_one_stays_so_until_it_is_taken_up_again(admin: Client) -> None:
    coupon = made(admin)
    admin.delete(f"/api/coupons/{coupon['id']}")
    assert change(admin, coupon, max_uses=200, **RUNNING).json["status"] == "disabled"
    assert change(admin, coupon, status="active").json["status"] == "active"


def test_marketing_changes_what_stays_within_its_limits_and_its_own_beyond(admin: Client) -> None:
    marketing, coupon = colleague(admin), made(admin, discount_value=50)
    refused = change(marketing, coupon, max_uses=50)
    assert (refused.status, refused.json["permission"]) == (403, "override_coupon")
    assert change(marketing, coupon, name="Half the price").status == 200
    assert change(marketing, coupon, discount_value=30).json["status"] == "active"
    own = made(marketing)
    assert change(marketing, own, discount_value=25).json["status"] == "active"
    assert change(marketing, own, discount_value=31).json["status"] == "pending_approval"
    assert change(admin, own, discount_value=25).json["status"] == "pending_approval", "a change does not approve it"
    assert admin.post(f"/api/coupons/{own['id']}/approve").json["status"] == "active"
    assert change(admin, own, discount_value=50).json["status"] == "active"
    assert change(marketing, own, name="Still half the price").json["status"] == "active"
    assert change(marketing, own, max_uses=99).json["status"] == "pending_approval"
    assert change(marketing, own, status="active").json["permission"] == "delete_coupon"


@pytest.mark.parametrize(
    "more",
    [
        {"max_discount_amount": None},
        {"assigned_to": None},
        {"plan_ids": []},
        {"applies_to": "all"},
        {"first_subscription_only": False},
        {"max_uses_per_user": 9},
        {"duration": "forever"},
        {"stackable": True},
    ],
)
def test_what_was_approved_beyond_the_limits_becomes_no_more_without_approval(
    admin: Client, owner: Client, more: dict[str, object]
) -> None:
    marketing = colleague(admin)
    terms = {
        "discount_value": 50, "max_discount_amount": "100", "plan_ids": ["pro"], "applies_to": "subscription",
        "first_subscription_only": True, "assigned_to": owner.account["user"]["id"],
    }  # fmt: skip
    assert change(marketing, made(admin, **terms), **more).json["permission"] == "override_coupon"
    own = made(marketing, **terms)
    assert admin.post(f"/api/coupons/{own['id']}/approve").json["status"] == "active"
    assert change(marketing, own, **more).json["status"] == "pending_approval"


def test_whoever_may_use_it_marketing_may_give_an_approved_one_to_somebody(admin: Client, owner: Client) -> None:
    given = change(colleague(admin), made(admin, discount_value=50), assigned_to=owner.account["user"]["id"])
    assert (given.status, given.json["status"]) == (200, "active")


def test_a_coupon_that_is_not_there(admin: Client) -> None:
    assert change(admin, {"id": uuid.uuid4()}, name="Nobody").status == 404
