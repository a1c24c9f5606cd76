"""GET /api/coupons/bulk/{operation_id}."""

import csv
import io
import uuid

from tests.functions.coupons.catalogue import made
from tests.functions.coupons.series import act, finished, members, starting
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("GET", f"/api/coupons/bulk/{admin.send(starting()).json['id']}")


def test_the_codes_are_a_file_once_all_are_there(admin: Client, database: Database) -> None:
    answer = admin.send(starting())
    path = f"/api/coupons/bulk/{answer.json['id']}"
    early = admin.get(path, format="csv")
    assert (early.status, early.json["type"]) == (409, "/problems/coupon-bulk-unfinished")
    finished(admin, database, answer)
    file = admin.get(path, format="csv")
    assert (file.status, file.headers["content-type"]) == (200, "text/csv")
    lines = list(csv.DictReader(io.StringIO(file.body.decode(), newline="")))
    assert [line["code"] for line in lines] == [coupon["code"] for coupon in members(admin, answer.json["id"])]
    assert {(line["status"], line["assigned_to"]) for line in lines} == {("active", "")}


def test_the_file_of_another_action_has_the_coupons_it_was_about(admin: Client, database: Database) -> None:
    coupon = made(admin)
    done = finished(admin, database, act(admin, "disable", coupon_ids=[coupon["id"]]))
    file = admin.get(f"/api/coupons/bulk/{done['id']}", format="csv").body.decode()
    assert file.splitlines()[1].startswith(f"{coupon['code']},disabled,")


def test_an_operation_that_is_not_there(admin: Client) -> None:
    for format in ("json", "csv"):
        assert admin.get(f"/api/coupons/bulk/{uuid.uuid4()}", format=format).status == 404
