"""Coupons for the tests of this domain, and what becomes of them."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support import mailed
from tests.support.client import Answer, Client, Request
from tests.support.database import Database

TERMS: dict[str, object] = {
    "name": "Welcome Discount", "coupon_type": "percentage", "discount_value": 20, "currency": None, "max_uses": 100,
    "max_uses_per_user": 100, "min_purchase_amount": None, "max_discount_amount": None, "plan_ids": [],
    "applies_to": "all", "duration": "once", "duration_in_cycles": None, "first_subscription_only": False,
    "is_public": False, "assigned_to": None, "stackable": False, "hot": False, "valid_until": None, "status": "active",
    "uses": 0, "series_id": None, "decided_by": None, "decided_at": None, "reason": None,
}  # fmt: skip


def add_coupon(database: Database, **terms: object) -> str:
    """A coupon whose validity began yesterday; answers its code. A hot one gets its slots."""
    now = datetime.now(UTC)
    made = {"id": uuid.uuid4(), "code": f"T{uuid.uuid4().hex[:12]}".upper(), "created_by": uuid.uuid4()}
    row = made | TERMS | {"valid_from": now - timedelta(days=1), "created_at": now, "updated_at": now} | terms
    database.run(f"insert into coupons ({', '.join(row)}) values ({', '.join(f':{name}' for name in row)})", **row)
    if row["hot"]:
        database.run(
            "insert into coupon_slots (coupon_id, number) select cast(:id as uuid), n from generate_series(1, :most) n",
            id=row["id"], most=row["max_uses"],
        )  # fmt: skip
    return str(row["code"])


def behind(client: Client) -> Database:
    return mailed.behind[client.transport]


def purchase(code: str, **fields: object) -> dict[str, Any]:
    given = {"code": code, "purchase_amount": "999.00", "currency": "INR", "applied_to_type": "subscription"}
    return given | {"applied_to_id": str(uuid.uuid4())} | fields


def redeeming(code: str, **fields: object) -> Request:
    key = {"idempotency-key": uuid.uuid4().hex}
    return Request("POST", "/api/coupons/redeem", purchase(code, **fields), headers=key)


def redeem(client: Client, code: str, **fields: object) -> Answer:
    return client.send(redeeming(code, **fields))


def redeemed(client: Client, code: str, **fields: object) -> str:
    """The id of a redemption that is reserved."""
    answer = redeem(client, code, **fields)
    assert answer.status == 201, answer.body
    return str(answer.json["redemption_id"])


def tried(client: Client, code: str, **fields: object) -> Any:
    answer = client.post("/api/coupons/validate", {"code": code, "purchase_amount": "999.00"} | fields)
    assert answer.status == 200, answer.body
    return answer.json


def release(client: Client, redemption_id: str) -> Answer:
    return client.post(f"/api/coupons/redemptions/{redemption_id}/release")


def consume(admin: Client, redemption_id: str) -> Answer:
    return admin.post(f"/api/coupons/redemptions/{redemption_id}/consume")


def let_lapse(database: Database, redemption_id: str) -> None:
    """As if it had been reserved 15 minutes earlier."""
    earlier = "- interval '15 minutes'"
    database.run(
        f"update coupon_holds set held_until = held_until {earlier} where redemption_id = :id", id=redemption_id
    )
    database.run(f"update coupon_usages set expires_at = expires_at {earlier} where id = :id", id=redemption_id)


def add_lapsed(database: Database, code: str, count: int) -> None:
    """Uses that somebody reserved and nobody has taken away since."""
    for _ in range(count):
        database.run(
            "with held as (insert into coupon_holds (redemption_id, coupon_id, user_id, held_until)"
            "  select gen_random_uuid(), id, gen_random_uuid(), valid_from from coupons where code = :code"
            "  returning redemption_id, coupon_id),"
            " slot as (update coupon_slots s set redemption_id = held.redemption_id from held where s.coupon_id ="
            "  held.coupon_id and s.number = (select min(number) from coupon_slots f"
            "  where f.coupon_id = held.coupon_id and f.redemption_id is null))"
            " update coupons set uses = uses + 1 where code = :code and not hot",
            code=code,
        )


def uses(database: Database, code: str) -> dict[str, int]:
    """What is written of a coupon's uses: counted, held, recorded; they must agree."""
    [[counted, held, recorded]] = database.run(
        """
        select case when hot then (select count(*) from coupon_slots where coupon_id = id and redemption_id is not null)
                else uses end,
            (select count(*) from coupon_holds where coupon_id = coupons.id),
            (select count(*) from coupon_usages
                where coupon_id = coupons.id and state in ('reserved', 'consumed') and discount_amount > 0)
        from coupons where code = :code
        """,
        code=code,
    )
    assert isinstance(counted, int) and isinstance(held, int) and isinstance(recorded, int)
    return {"counted": counted, "held": held, "recorded": recorded}
