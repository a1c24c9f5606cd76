"""A campaign from its making to its end, and a series of ten thousand over HTTP, through queues and consumers."""

import csv
import io
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.core import clock
from tests.functions.coupons.campaigns import consume, redeem, redeemed, tried
from tests.functions.coupons.catalogue import a_code, made
from tests.functions.coupons.series import SERIES, act
from tests.functions.coupons.test_job_expire_coupons import expire
from tests.support import admins, client
from tests.support.client import Client
from tests.support.database import Database
from tests.support.stack import Stack
from tools.functions import ROOT

MANY = 10_000
PATIENCE = 120  # s


def test_a_campaign_is_redeemed_until_its_last_moment_and_expires(
    owner: Client, admin: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock stands still wherever it is put."""
    begins = datetime.now(UTC) + timedelta(seconds=1)
    ends = begins + timedelta(minutes=10)
    coupon = made(
        admin,
        code=a_code(),
        max_uses=2,
        max_uses_per_user=9,
        valid_from=begins.isoformat(),
        valid_until=ends.isoformat(),
    )
    code = coupon["code"]

    def put(to: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: to)

    put(begins - timedelta(microseconds=1))
    assert tried(owner, code) == {"valid": False, "reason": "not_started"}
    put(begins)
    assert tried(owner, code)["final_amount"] == "799.20"
    put(ends - timedelta(seconds=1))
    first = redeemed(owner, code)
    put(ends)
    second = redeemed(owner, code)
    assert redeem(owner, code).json["type"] == "/problems/coupon-exhausted"
    put(ends + timedelta(microseconds=1))
    assert tried(owner, code) == {"valid": False, "reason": "expired"}
    assert admin.get(f"/api/coupons/{coupon['id']}").json["status"] == "expired"
    assert database.run("select status from coupons where code = :code", code=code) == [["active"]]
    expire()
    assert database.run("select status from coupons where code = :code", code=code) == [["expired"]]
    assert consume(admin, first).json["state"] == "consumed", "what was reserved in time is"
    put(ends + timedelta(minutes=15))
    later = admins.logged_in(admin)
    assert consume(later, second).json["state"] == "lapsed"
    history = later.get("/api/coupons/usage/history", coupon_id=coupon["id"]).json["items"]
    assert {use["redemption_id"]: use["state"] for use in history} == {first: "consumed", second: "lapsed"}
    [money] = later.get(f"/api/coupons/{coupon['id']}/analytics").json["money"]
    assert (money["uses"], money["total_discount"], money["purchase_amount"]) == (1, "199.80", "999.00")


def at_its_end(admin: Client, path: str) -> Any:
    deadline = time.monotonic() + PATIENCE
    while (operation := admin.get(path).json)["status"] != "finished" and time.monotonic() < deadline:
        time.sleep(0.2)
    return operation


def test_a_series_of_ten_thousand(stack: Stack) -> None:
    admin = admins.new_admin(stack.database, transport=stack.transport)
    owner = client.sign_up(stack.transport)
    terms = {"name": "Mailing", "coupon_type": "percentage", "discount_value": 20, "max_uses": 1}
    asked = admin.post("/api/coupons/bulk", SERIES | {"count": MANY, "coupon": terms})
    assert asked.status == 202
    path = f"/api/coupons/bulk/{asked.json['id']}"
    done = at_its_end(admin, path)
    assert (done["status"], done["done"]) == ("finished", MANY)
    file = admin.get(path, format="csv").body.decode()
    codes = [line["code"] for line in csv.DictReader(io.StringIO(file, newline=""))]
    assert len(set(codes)) == MANY
    assert redeem(owner, codes[-1]).status == 201
    assert redeem(owner, codes[-1]).json["type"] == "/problems/coupon-exhausted"
    stopped = act(admin, "disable", series_id=asked.json["id"])
    assert at_its_end(admin, f"/api/coupons/bulk/{stopped.json['id']}")["done"] == MANY
    assert {tried(owner, code)["reason"] for code in (codes[0], codes[MANY // 2], codes[-1])} == {"disabled"}


def test_the_demo_of_coupons_tells_the_story(stack: Stack) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tools.demo_coupons"], cwd=ROOT, env=os.environ | {"LOCAL_HOME": str(stack.home)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    for told in ("₹150.00 off, ₹849.00 to pay", "the last use is taken: coupon-exhausted", "500 of 500 codes"):
        assert told in ran.stdout
