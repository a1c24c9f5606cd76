"""Slices of an operation on many coupons: each once, whatever is killed meanwhile."""

import json
import math
import os
import re
import signal
import subprocess
import sys

import pytest

from shared.domains.coupons.service import series as service
from tests.functions.coupons.series import act, deliver, members, next_event, series, starting, work_off
from tests.support.client import Client
from tests.support.database import Database
from tools.functions import ROOT

KILLED = """
import json, os, signal, sys
from functions.coupons.on_coupon_bulk_started import handler
from shared.domains.coupons.service import series

def dies(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)

series.SLICE = 2
series.queries.note_progress = dies
handler({"Records": [json.load(sys.stdin)]}, None)
"""


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "SLICE", 2)


def counted(database: Database, series_id: str) -> object:
    return database.run("select count(*) from coupons where series_id = :id", id=series_id)[0][0]


@pytest.mark.usefixtures("small_slices")
def test_a_slice_comes_after_the_other(admin: Client, database: Database) -> None:
    operation = admin.send(starting(count=5)).json
    seen = []
    while record := next_event(database):
        deliver(record)
        found = admin.get(f"/api/coupons/bulk/{operation['id']}").json
        seen.append((found["status"], found["done"]))
    assert seen == [("running", 2), ("running", 4), ("finished", 5)]
    assert counted(database, operation["id"]) == 5
    assert act(admin, "disable", series_id=operation["id"]).status == 202
    assert work_off(database) == 3
    assert {coupon["status"] for coupon in members(admin, operation["id"])} == {"disabled"}


@pytest.mark.usefixtures("small_slices")
def test_a_message_that_comes_again_does_nothing(admin: Client, database: Database) -> None:
    operation = admin.send(starting(count=3)).json
    first = next_event(database)
    assert first
    for _ in range(3):
        deliver(first)
    assert counted(database, operation["id"]) == 2
    assert work_off(database) == 1
    deliver(first)
    assert counted(database, operation["id"]) == 3


@pytest.mark.usefixtures("small_slices")
def test_a_slice_that_is_killed_is_done_when_its_message_comes_again(admin: Client, database: Database) -> None:
    operation = admin.send(starting(count=5)).json
    for expected in (0, 2, 4):
        record = next_event(database)
        ran = subprocess.run(
            [sys.executable, "-c", KILLED], cwd=ROOT, env=os.environ, input=json.dumps(record), text=True, check=False,
            timeout=60,
        )  # fmt: skip
        assert (ran.returncode, counted(database, operation["id"])) == (-signal.SIGKILL, expected)
        assert record
        deliver(record)
    found = admin.get(f"/api/coupons/bulk/{operation['id']}").json
    assert (found["status"], found["done"], counted(database, operation["id"])) == ("finished", 5, 5)


def test_a_code_that_is_taken_is_replaced(admin: Client, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["TAKEN-A", "TAKEN-A", "TAKEN-B", "TAKEN-A", "TAKEN-C"])
    monkeypatch.setattr(service, "new_code", lambda prefix: f"{prefix}-{next(codes)}".upper())
    id_ = series(admin, database, prefix="D", count=3)
    assert {coupon["code"] for coupon in members(admin, id_)} == {"D-TAKEN-A", "D-TAKEN-B", "D-TAKEN-C"}


def test_a_code_is_hard_to_guess_and_easy_to_type() -> None:
    codes = {service.new_code("diwali") for _ in range(1000)}
    assert len(codes) == 1000
    assert all(re.fullmatch("DIWALI-[ACDEFGHJKMNPQRTUWXY3479]{9}", code) for code in codes)
    assert math.log2(len(service.LETTERS)) * service.LENGTH >= 40
    for alike in ("0OQ", "1IL", "2Z", "5S", "6G", "8B", "UV"):
        assert len(set(alike) & set(service.LETTERS)) <= 1
