"""Slices of an operation on many coupons: each once, whatever is killed meanwhile."""

import json
import math
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.core import db
from shared.domains.coupons.service import series as service
from tests.functions.coupons.series import act, deliver, members, next_event, series, starting, work_off
from tests.support.client import Client
from tests.support.database import Database, superuser
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
def test_slices_go_on_past_coupons_that_do_not_fit(admin: Client, database: Database) -> None:
    id_ = series(admin, database, count=5)
    first = [coupon["id"] for coupon in members(admin, id_)[:3]]
    act(admin, "disable", coupon_ids=first)
    work_off(database)
    operation = act(admin, "disable", series_id=id_).json
    assert work_off(database) == 3
    found = admin.get(f"/api/coupons/bulk/{operation['id']}").json
    assert (found["status"], found["total"], found["done"]) == ("finished", 5, 2)
    assert {coupon["status"] for coupon in members(admin, id_)} == {"disabled"}


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


def test_a_slice_takes_coupons_as_somebody_has_just_left_them(admin: Client, database: Database) -> None:
    id_ = series(admin, database)
    used, moved, _ = members(admin, id_)
    until = "2090-02-01T00:00:00Z"
    operation = act(admin, "extend", series_id=id_, valid_until=until).json
    with ThreadPoolExecutor(1) as consumer:
        with superuser(database.url) as other:
            other.run("begin")
            other.run("update coupons set uses = 1 where id = :id", id=used["id"])
            other.run("update coupons set valid_from = '2090-03-01' where id = :id", id=moved["id"])
            slice_ = consumer.submit(work_off, database)
            while not database.run("select from pg_locks where not granted and locktype = 'transactionid'"):
                assert not slice_.done()
            other.run("commit")
        assert slice_.result() == 1
        consumer.submit(db.hang_up).result()
    ends = {coupon["id"]: coupon["valid_until"] for coupon in members(admin, id_)}
    assert [id for id, end in ends.items() if end != until] == [moved["id"]]
    assert admin.get(f"/api/coupons/bulk/{operation['id']}").json["done"] == 2


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
