"""functions/coupons/job_expire_coupons.py."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.domains.coupons.service import expiry
from tests.functions.coupons.campaigns import add_coupon
from tests.support import lambdas
from tests.support.database import Database

HOUR = timedelta(hours=1)


def expire() -> int:
    done: int = lambdas.spec("coupons", "job_expire_coupons").handle({}, lambdas.Context())["done"]
    return done


def status(database: Database, code: str) -> object:
    return database.run("select status from coupons where code = :code", code=code)[0][0]


def test_what_is_over_says_so_and_is_announced_once(database: Database) -> None:
    now = datetime.now(UTC)
    over, running = add_coupon(database, valid_until=now - HOUR), add_coupon(database, valid_until=now + HOUR)
    endless, disabled = add_coupon(database), add_coupon(database, valid_until=now - HOUR, status="disabled")
    assert expire() >= 1
    assert [status(database, code) for code in (over, running, endless, disabled)] == [
        "expired", "active", "active", "disabled"
    ]  # fmt: skip
    assert expire() == 0
    announced = database.run(
        "select event->>'coupon_id' from outbox where name = 'CouponExpired' and event->>'code' = :code", code=over
    )
    assert announced == database.run("select id::text from coupons where code = :code", code=over)


def test_more_than_a_slice(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiry, "SLICE", 2)
    codes = [add_coupon(database, valid_until=datetime.now(UTC) - HOUR) for _ in range(5)]
    assert expire() >= len(codes)
    assert {status(database, code) for code in codes} == {"expired"}
