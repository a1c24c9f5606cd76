"""POST /api/coupons/bulk."""

import uuid

import pytest

from tests.functions.coupons.campaigns import redeemed, tried
from tests.functions.coupons.catalogue import RUNNING, WELCOME, colleague, made
from tests.functions.coupons.series import SERIES, act, finished, members, series, starting
from tests.support import admins
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    return starting()


def test_it_answers_at_once_and_the_series_follows(admin: Client, database: Database) -> None:
    answer = admin.send(starting(coupon={**WELCOME, "max_uses": 1, "min_purchase_amount": "500"}))
    operation = answer.json
    assert (answer.status, operation["status"], operation["total"], operation["done"]) == (202, "queued", 3, 0)
    assert admin.get(f"/api/coupons/bulk/{operation['id']}").json == operation
    done = finished(admin, database, answer)
    assert (done["total"], done["done"], done["series_id"]) == (3, 3, operation["id"])
    coupons = members(admin, operation["id"])
    assert len({coupon["code"] for coupon in coupons}) == 3
    for coupon in coupons:
        assert coupon["code"].startswith("DIWALI-")
        assert (coupon["discount_value"], coupon["min_purchase_amount"], coupon["status"]) == (
            "20.00", "500.00", "active"
        )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**SERIES, "count": 10_001}, "count"),
        ({**SERIES, "count": 0}, "count"),
        ({**SERIES, "prefix": "A" * 21}, "prefix"),
        ({**SERIES, "prefix": None}, "prefix"),
        ({**SERIES, "coupon": {**WELCOME, "discount_value": 101}}, "coupon/discount_value"),
        ({**SERIES, "coupon": {**WELCOME, "assigned_to": str(uuid.UUID(int=7))}}, "coupon/assigned_to"),
        ({**SERIES, "coupon": {**WELCOME, "hot": True}}, "coupon/hot"),
        ({**SERIES, "valid_until": "2090-01-01T00:00:00Z"}, "valid_until"),
        ({"action": "disable"}, "series_id"),
        ({"action": "disable", "series_id": str(uuid.uuid4()), "coupon_ids": [str(uuid.uuid4())]}, "series_id"),
        ({"action": "extend", "series_id": str(uuid.uuid4())}, "valid_until"),
        ({"action": "assign", "series_id": str(uuid.uuid4())}, "assigned_to"),
        ({"action": "assign", "series_id": str(uuid.uuid4()), "assigned_to": []}, "assigned_to"),
        ({"action": "delete"}, "action"),
    ],
)
def test_what_an_action_lacks_or_cannot_use_is_refused(admin: Client, body: dict[str, object], field: str) -> None:
    answer = admin.post("/api/coupons/bulk", body)
    assert answer.status == 422, answer.body
    assert [error["pointer"] for error in answer.json["errors"]] == [f"#/{field}"]


def test_what_is_not_there_is_not_found(admin: Client) -> None:
    assert act(admin, "disable", series_id=str(uuid.uuid4())).json["type"] == "/problems/coupon-not-found"
    ids = [made(admin)["id"], str(uuid.uuid4())]
    assert act(admin, "disable", coupon_ids=ids).status == 404


def test_many_are_disabled(admin: Client, database: Database) -> None:
    ids = [made(admin)["id"] for _ in range(3)]
    done = finished(admin, database, act(admin, "disable", coupon_ids=[*ids[:2], ids[0]]))
    assert (done["total"], done["done"]) == (2, 2)
    assert [admin.get(f"/api/coupons/{id}").json["status"] for id in ids] == ["disabled", "disabled", "active"]


def test_a_series_is_extended(admin: Client, database: Database) -> None:
    id_ = series(admin, database)
    database.run(
        "update coupons set status = 'expired', valid_from = '2026-01-01', valid_until = '2026-02-01'"
        " where series_id = :id",
        id=id_,
    )
    finished(admin, database, act(admin, "extend", series_id=id_, valid_until="2090-05-01T00:00:00+05:30"))
    assert {(coupon["status"], coupon["valid_until"]) for coupon in members(admin, id_)} == {
        ("active", "2090-04-30T18:30:00Z")
    }
    assert database.run("select distinct status from coupons where series_id = :id", id=id_) == [["active"]]


def test_what_fits_no_coupon_is_not_counted_as_done(admin: Client, database: Database) -> None:
    id_ = series(admin, database)
    until = "2090-01-14T00:00:00Z"  # it would end before it begins
    for action, fields in (("extend", {"valid_until": until}), ("approve", {})):
        before = members(admin, id_)
        done = finished(admin, database, act(admin, action, series_id=id_, **fields))
        assert (done["total"], done["done"]) == (3, 0)
        assert members(admin, id_) == before
    for action, fields in (("extend", {"valid_until": WELCOME["valid_from"]}), ("disable", {})):
        counts = [finished(admin, database, act(admin, action, series_id=id_, **fields))["done"] for _ in range(2)]
        assert counts == [3, 0], "what is as wanted already stays untouched"


def test_nothing_is_extended_into_the_past(admin: Client, database: Database) -> None:
    answer = act(admin, "extend", series_id=series(admin, database), valid_until="2026-01-02T00:00:00Z")
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/valid_until")


def test_each_gets_a_coupon_that_nobody_has(admin: Client, database: Database) -> None:
    id_ = series(admin, database, coupon={**WELCOME, **RUNNING, "max_uses": 1}, count=4)
    people = [sign_up() for _ in range(3)]
    taken = members(admin, id_)[1]
    redeemed(people[0], taken["code"])
    wanted = [people[0].account["user"]["id"], people[1].account["tenant"]["id"]]
    finished(admin, database, act(admin, "assign", series_id=id_, assigned_to=wanted))
    coupons = members(admin, id_)
    assert [coupon["assigned_to"] for coupon in coupons] == [wanted[0], None, wanted[1], None]
    assert tried(people[1], coupons[2]["code"])["valid"]
    assert tried(people[2], coupons[2]["code"]) == {"valid": False, "reason": "not_assigned"}
    refused = act(admin, "assign", series_id=id_, assigned_to=[wanted[0]] * 2)
    assert (refused.status, refused.json["type"], refused.json["free"]) == (409, "/problems/coupons-too-few", 1)
    nobody = act(admin, "assign", series_id=id_, assigned_to=[str(uuid.uuid4())])
    assert nobody.json["errors"][0]["pointer"] == "#/assigned_to"


def test_nobody_gets_one_that_is_disabled(admin: Client, owner: Client, database: Database) -> None:
    id_ = series(admin, database)
    finished(admin, database, act(admin, "disable", coupon_ids=[coupon["id"] for coupon in members(admin, id_)[:2]]))
    people = [owner.account["user"]["id"], owner.account["tenant"]["id"]]
    assert act(admin, "assign", series_id=id_, assigned_to=people).json["free"] == 1
    finished(admin, database, act(admin, "assign", series_id=id_, assigned_to=people[:1]))
    given = [coupon for coupon in members(admin, id_) if coupon["assigned_to"]]
    assert [coupon["status"] for coupon in given] == ["active"]


def test_two_who_assign_the_same_coupons_at_once_give_each_away_once(admin: Client, database: Database) -> None:
    id_, people = series(admin, database, count=3), [sign_up().account["user"]["id"] for _ in range(4)]
    first, second = (act(admin, "assign", series_id=id_, assigned_to=pair) for pair in (people[:2], people[2:]))
    finished(admin, database, first)
    done = finished(admin, database, second)
    assert (done["total"], done["done"]) == (2, 1)
    assert [coupon["assigned_to"] for coupon in members(admin, id_)] == people[:3]


def test_marketing_makes_a_series_within_its_limits_alone(admin: Client, database: Database) -> None:
    marketing, single = colleague(admin), {**WELCOME, "max_uses": 34}
    within = series(marketing, database, count=2, coupon=single)
    assert {coupon["status"] for coupon in members(admin, within)} == {"active"}
    beyond = series(marketing, database, count=3, coupon=single)
    assert {coupon["status"] for coupon in members(admin, beyond)} == {"pending_approval"}
    for action, wanted in (("disable", "delete_coupon"), ("approve", "approve_coupon")):
        assert act(marketing, action, series_id=beyond).json["permission"] == wanted
    person = sign_up().account["user"]["id"]
    finished(admin, database, act(marketing, "assign", series_id=within, assigned_to=[person]))
    database.run("update admins set granted = '{approve_coupon}' where id = :id", id=marketing.account["admin"]["id"])
    own = act(admins.logged_in(marketing), "approve", series_id=beyond)
    assert own.json["type"] == "/problems/coupon-own-approval"
    finished(admin, database, act(admin, "approve", series_id=beyond))
    assert {(coupon["status"], coupon["decided_by"]) for coupon in members(admin, beyond)} == {
        ("active", admin.account["admin"]["id"])
    }
