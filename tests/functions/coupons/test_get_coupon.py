"""GET /api/coupons/{coupon_id}."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.functions.coupons.campaigns import add_coupon, consume, let_lapse, redeemed, release
from tests.functions.coupons.catalogue import RUNNING, made
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("GET", f"/api/coupons/{made(admin)['id']}")


@pytest.mark.parametrize("hot", [False, True])
def test_it_counts_what_is_reserved_and_consumed(admin: Client, database: Database, hot: bool) -> None:
    coupon = made(admin, hot=hot, **RUNNING)
    consumed, released, lapsed, _reserved = (redeemed(sign_up(), coupon["code"]) for _ in range(4))
    consume(admin, consumed)
    release(admin, released)
    let_lapse(database, lapsed)
    assert admin.get(f"/api/coupons/{coupon['id']}").json["uses"] == 2


def test_whether_it_has_expired_is_read_from_its_dates(admin: Client, database: Database) -> None:
    ended = add_coupon(database, valid_until=datetime.now(UTC) - timedelta(seconds=1))
    extended = add_coupon(database, status="expired", valid_until=datetime.now(UTC) + timedelta(days=1))
    found = {coupon["code"]: coupon["status"] for coupon in admin.get("/api/coupons", limit=100).json["items"]}
    assert (found[ended], found[extended]) == ("expired", "active")
