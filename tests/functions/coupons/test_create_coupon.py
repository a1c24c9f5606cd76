"""POST /api/coupons."""

import uuid

import pytest

from tests.functions.coupons.catalogue import RUNNING, WELCOME, a_code, colleague, create, made
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", "/api/coupons", {"code": a_code(), **WELCOME})


def test_it_answers_every_field_with_what_was_left_out(admin: Client) -> None:
    coupon = made(admin, code="  diwali-" + (suffix := uuid.uuid4().hex[:8]), valid_from=None, valid_until=None)
    assert coupon["code"] == f"DIWALI-{suffix}".upper()
    assert coupon["valid_from"] == coupon["created_at"]
    assert coupon["created_by"] == admin.account["admin"]["id"]
    shown = {name: coupon[name] for name in ("status", "discount_value", "max_uses_per_user", "uses", "plan_ids")}
    assert shown == {
        "status": "active", "discount_value": "20.00", "max_uses_per_user": 1, "uses": 0, "plan_ids": []
    }  # fmt: skip
    assert (coupon["applies_to"], coupon["duration"], coupon["valid_until"]) == ("all", "once", None)
    assert not any(coupon[name] for name in ("first_subscription_only", "is_public", "stackable", "hot"))
    assert admin.get(f"/api/coupons/{coupon['id']}").json == coupon


def test_a_code_is_given_once_in_whatever_case(admin: Client) -> None:
    coupon = made(admin)
    admin.delete(f"/api/coupons/{coupon['id']}")
    again = create(admin, code=coupon["code"].lower())
    assert (again.status, again.json["type"]) == (409, "/problems/coupon-code-taken")


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"code": "AB"}, "code"),
        ({"code": "-AB"}, "code"),
        ({"code": "DIWALI 20"}, "code"),
        ({"code": "दिवाली"}, "code"),
        ({"discount_value": "100.01"}, "discount_value"),
        ({"discount_value": 0}, "discount_value"),
        ({"coupon_type": "fixed_amount", "discount_value": "1000000000"}, "discount_value"),
        ({"coupon_type": "fixed_amount"}, "currency"),
        ({"coupon_type": "fixed_amount", "currency": "INR", "discount_value": "9.999"}, "discount_value"),
        ({"coupon_type": "fixed_amount", "currency": "JPY"}, "currency"),
        ({"max_uses": 0}, "max_uses"),
        ({"max_uses_per_user": 0}, "max_uses_per_user"),
        ({"duration": "repeating"}, "duration_in_cycles"),
        ({"duration_in_cycles": 3}, "duration_in_cycles"),
        ({"valid_until": "2090-01-14T23:59:59Z"}, "valid_until"),
        ({"valid_until": "2090-12-31T23:59:59"}, "valid_until"),
        ({"valid_until": 1798761599}, "valid_until"),
        ({"hot": True, "max_uses": None}, "max_uses"),
        ({"hot": True, "max_uses": 100_001}, "max_uses"),
        ({"assigned_to": str(uuid.UUID(int=7))}, "assigned_to"),
    ],
)
def test_terms_that_do_not_fit_are_refused(admin: Client, terms: dict[str, object], field: str) -> None:
    answer = create(admin, **terms)
    assert answer.status == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [f"#/{field}"]


def test_all_that_fits_is_kept(admin: Client, owner: Client) -> None:
    terms = {
        "coupon_type": "fixed_amount", "discount_value": "150.50", "currency": "EUR", "max_uses_per_user": 3,
        "min_purchase_amount": "999.90", "max_discount_amount": "0.00", "plan_ids": ["pro", "=pro"],
        "applies_to": "subscription", "duration": "repeating", "duration_in_cycles": 3, "is_public": True,
        "first_subscription_only": True, "assigned_to": owner.account["user"]["id"], "stackable": True,
    }  # fmt: skip
    coupon = made(admin, **terms)
    assert {name: coupon[name] for name in terms} == terms
    assert made(admin, assigned_to=owner.account["tenant"]["id"])["assigned_to"] == owner.account["tenant"]["id"]


def test_a_time_may_be_of_any_zone(admin: Client) -> None:
    coupon = made(admin, valid_from="2090-01-15T00:00:00.5-23:59", valid_until="2090-02-15t00:00:00+05:30")
    assert (coupon["valid_from"], coupon["valid_until"]) == ("2090-01-15T23:59:00.500000Z", "2090-02-14T18:30:00Z")
    assert admin.get(f"/api/coupons/{coupon['id']}").json == coupon


def test_a_hot_one_gets_a_slot_for_each_use(admin: Client, database: Database) -> None:
    coupon = made(admin, hot=True, max_uses=7)
    slots = database.run("select number from coupon_slots where coupon_id = :id order by 1", id=coupon["id"])
    assert slots == [[number] for number in range(1, 8)]


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"discount_value": 30}, "active"),
        ({"discount_value": "30.01"}, "pending_approval"),
        ({"max_uses": 101}, "pending_approval"),
        ({"max_uses": None}, "pending_approval"),
        ({"valid_until": "2090-04-15T00:00:01Z"}, "pending_approval"),
        (RUNNING, "pending_approval"),
        ({"coupon_type": "fixed_amount", "currency": "INR", "discount_value": 30}, "pending_approval"),
        (
            {"coupon_type": "fixed_amount", "currency": "INR", "discount_value": 30, "min_purchase_amount": 100},
            "active",
        ),
    ],
)
def test_marketing_offers_within_its_limits_alone(admin: Client, terms: dict[str, object], status: str) -> None:
    assert made(colleague(admin), **terms)["status"] == status
    assert made(admin, **terms)["status"] == "active"
