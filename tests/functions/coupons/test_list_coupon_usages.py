"""GET /api/coupons/usage/history."""

import csv
import io
import uuid
from typing import Any

import pytest

from tests.functions.coupons.campaigns import consume, let_lapse, redeemed, release
from tests.functions.coupons.catalogue import RUNNING, made
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

PATH = "/api/coupons/usage/history"


def example(admin: Client) -> Request:
    coupon = made(admin, **RUNNING)
    redeemed(sign_up(admin.transport), coupon["code"])
    return Request("GET", f"{PATH}?coupon_id={coupon['id']}")


def found(admin: Client, **filters: object) -> Any:
    answer = admin.get(PATH, **filters)
    assert answer.status == 200, answer.body
    return answer.json["items"]


def test_it_tells_every_use_and_what_became_of_it(owner: Client, admin: Client, database: Database) -> None:
    coupon = made(admin, max_uses_per_user=4, **RUNNING)
    ids = [redeemed(owner, coupon["code"], plan_id="pro") for _ in range(4)]
    consume(admin, ids[0])
    release(owner, ids[1])
    let_lapse(database, ids[2])
    uses = found(admin, coupon_id=coupon["id"])
    assert {use["redemption_id"]: use["state"] for use in uses} == dict(
        zip(ids, ("consumed", "released", "lapsed", "reserved"), strict=True)
    )
    [consumed] = [use for use in uses if use["state"] == "consumed"]
    assert (consumed["code"], consumed["plan_id"]) == (coupon["code"], "pro")
    assert (consumed["user_id"], consumed["tenant_id"]) == (owner.account["user"]["id"], owner.account["tenant"]["id"])
    amounts = [consumed[name] for name in ("currency", "purchase_amount", "discount_amount", "final_amount")]
    assert amounts == ["INR", "999.00", "199.80", "799.20"]


def test_it_filters_and_pages(admin: Client, database: Database) -> None:
    coupon = made(admin, **RUNNING)
    first, second = sign_up(), sign_up()
    ids = [redeemed(each, coupon["code"]) for each in (first, second)]
    database.run("update coupon_usages set created_at = '2090-03-05T23:59:59.9Z' where id = :id", id=ids[0])
    mine = {"coupon_id": coupon["id"]}
    assert [use["redemption_id"] for use in found(admin, **mine)] == [ids[0], ids[1]]
    assert [use["redemption_id"] for use in found(admin, user_id=first.account["user"]["id"])] == [ids[0]]
    assert [use["redemption_id"] for use in found(admin, tenant_id=second.account["tenant"]["id"])] == [ids[1]]
    assert found(admin, **mine, user_id=str(uuid.uuid4())) == []
    for days, expected in (
        ({"from": "2090-03-05", "to": "2090-03-05"}, 1),
        ({"from": "2090-03-06"}, 0),
        ({"to": "2090-03-04"}, 1),
    ):
        assert len(found(admin, **mine, **days)) == expected, days
    page = admin.get(PATH, **mine, limit=1).json
    rest = admin.get(PATH, **mine, limit=1, cursor=page["next_cursor"]).json
    assert [use["redemption_id"] for use in page["items"] + rest["items"]] == ids
    assert rest["next_cursor"] is None


def test_as_a_file_it_is_the_whole_and_opens_inert(owner: Client, admin: Client) -> None:
    coupon = made(admin, max_uses_per_user=25, **RUNNING)
    plan = '=HYPERLINK("https://example.com","प्रो");@x'
    ids = {redeemed(owner, coupon["code"], plan_id=plan) for _ in range(21)}
    answer = admin.get(PATH, coupon_id=coupon["id"], format="csv")
    assert answer.headers["content-type"] == "text/csv"
    assert 'filename="coupon-uses.csv"' in answer.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
    assert {line["redemption_id"] for line in lines} == ids
    assert {line["plan_id"] for line in lines} == {"""'=HYPERLINK("https://example.com","प्रो");'@x"""}
    [use] = found(admin, coupon_id=coupon["id"], limit=1)
    assert list(lines[0]) == list(use)
    assert lines[0]["discount_amount"] == use["discount_amount"] == "199.80"


def test_a_file_has_an_end(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    coupon = made(admin, **RUNNING)
    for _ in range(2):
        redeemed(sign_up(), coupon["code"])
    monkeypatch.setattr("shared.domains.coupons.service.history.MOST_LINES", 1)
    refused = admin.get(PATH, coupon_id=coupon["id"], format="csv")
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "#/query/from")
