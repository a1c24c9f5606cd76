"""Coupons made through the API, and the staff who make them."""

import uuid
from typing import Any

from tests.functions.coupons.campaigns import behind
from tests.support import admins
from tests.support.client import Answer, Client

WELCOME: dict[str, Any] = {
    "name": "Welcome Discount", "coupon_type": "percentage", "discount_value": 20, "max_uses": 100,
    "valid_from": "2090-01-15T00:00:00Z", "valid_until": "2090-04-15T00:00:00Z",
}  # fmt: skip
RUNNING = {"valid_from": None, "valid_until": None}  # from now on


def a_code() -> str:
    return f"W{uuid.uuid4().hex[:12]}".upper()


def create(admin: Client, **terms: object) -> Answer:
    return admin.post("/api/coupons", {"code": a_code(), **WELCOME, **terms})


def made(admin: Client, **terms: object) -> Any:
    answer = create(admin, **terms)
    assert answer.status == 201, answer.body
    return answer.json


def colleague(admin: Client, role: str = "marketing_staff") -> Client:
    return admins.new_admin(behind(admin), role, admin.transport)


def waiting(admin: Client) -> Any:
    """A coupon of marketing's that waits for approval."""
    coupon = made(colleague(admin), discount_value="30.5")
    assert coupon["status"] == "pending_approval"
    return coupon
