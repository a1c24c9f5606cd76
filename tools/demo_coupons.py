"""A campaign: created, tried, redeemed, consumed, and what it brought; and a series of codes for a mailing."""

import uuid
from typing import Any

from tools.api import Caller, running_stack
from tools.demo import tell

BUYER = {"password": "corrugated since 1987", "full_name": "Imran Shaikh", "company_name": "Shaikh Cartons"}
TERMS = {"name": "Diwali", "coupon_type": "percentage", "discount_value": 20, "max_discount_amount": "150.00"}


def main() -> None:
    stack = running_stack()
    admin, buyer = Caller(stack["base_url"]), Caller(stack["base_url"])
    admin.sign_in("/api/admin/login", stack["admin"])
    buyer.sign_in("/api/auth/signup", BUYER | {"email": f"boxmaker-{uuid.uuid4().hex[:8]}@example.com"})
    coupon = campaign(admin, buyer)
    show_usage(admin, coupon)
    series(admin, buyer, Caller(stack["control_url"]))


def campaign(admin: Caller, buyer: Caller) -> Any:
    """One coupon from its making to a consumed use."""
    code = f"DIWALI-{uuid.uuid4().hex[:6]}".upper()
    coupon = admin.post("/api/coupons", {"code": code, "max_uses": 1, **TERMS})
    tell(f"created {code}: {coupon['discount_value']} % off, at most ₹{coupon['max_discount_amount']}, for one use")
    valid = buyer.post("/api/coupons/validate", {"code": code.lower(), "purchase_amount": 999})
    tell(f"a buyer tries it on ₹999.00: ₹{valid['discount_amount']} off, ₹{valid['final_amount']} to pay")
    redemption = redeem(buyer, code)
    tell(f"he redeems it: {redemption['state']} until {redemption['expires_at']}")
    problem = buyer.refused("/api/coupons/redeem", purchase(code), idempotency_key=uuid.uuid4().hex)
    tell(f"the last use is taken: {problem['type'].rpartition('/')[2]}")
    consumed = admin.post(f"/api/coupons/redemptions/{redemption['redemption_id']}/consume", {})
    tell(f"he has paid: {consumed['state']}")
    return coupon


def show_usage(admin: Caller, coupon: Any) -> None:
    [use] = admin.get(f"/api/coupons/usage/history?coupon_id={coupon['id']}")["items"]
    tell(f"the history has it: {use['state']}, ₹{use['purchase_amount']} less ₹{use['discount_amount']}")
    figures = admin.get(f"/api/coupons/{coupon['id']}/analytics")
    [money] = figures["money"]
    tell(f"it brought ₹{money['purchase_amount']} and cost ₹{money['total_discount']}, {figures['uses']} use")
    admin.fetch("DELETE", f"/api/coupons/{coupon['id']}")
    tell("it is disabled")


def series(admin: Caller, buyer: Caller, control: Caller) -> None:
    """Codes for a mailing, each for one use; one of them is redeemed."""
    wish = {"action": "create", "prefix": "MAILING", "count": 500, "coupon": {**TERMS, "max_uses": 1}}
    path = f"/api/coupons/bulk/{admin.post('/api/coupons/bulk', wish)['id']}"
    control.post("/drain", {})
    done = admin.get(path)
    codes = [line.split(",")[0] for line in admin.fetch("GET", f"{path}?format=csv").decode().splitlines()[1:]]
    tell(f"a series: {done['done']} of {done['total']} codes, the first is {codes[0]}, the last {codes[-1]}")
    tell(f"the buyer redeems the last one: {redeem(buyer, codes[-1])['discount_amount']} off")


def redeem(buyer: Caller, code: str) -> Any:
    return buyer.post("/api/coupons/redeem", purchase(code), idempotency_key=uuid.uuid4().hex)


def purchase(code: str) -> dict[str, str]:
    """What a coupon of this code is redeemed for."""
    bought = {"applied_to_type": "subscription", "applied_to_id": str(uuid.uuid4())}
    return bought | {"code": code, "purchase_amount": "999.00", "currency": "INR"}


if __name__ == "__main__":
    main()
