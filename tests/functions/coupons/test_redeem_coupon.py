"""POST /api/coupons/redeem."""

import uuid
from datetime import datetime

import pytest

from shared.core import guesses
from shared.domains.coupons import rules
from tests.functions.coupons.campaigns import (
    add_coupon,
    behind,
    let_lapse,
    purchase,
    redeem,
    redeemed,
    redeeming,
    uses,
)
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(owner: Client) -> Request:
    return redeeming(add_coupon(behind(owner)))


def test_a_use_is_reserved_for_a_quarter_of_an_hour(owner: Client, database: Database) -> None:
    code = add_coupon(database)
    given = purchase(code, plan_id="pro")
    answer = owner.post("/api/coupons/redeem", given, idempotency_key="one")
    assert answer.status == 201
    made = answer.json
    assert made == made | {
        "state": "reserved", "discount_amount": "199.80", "final_amount": "799.20", "currency": "INR"
    }  # fmt: skip
    [[row]] = database.run("select to_jsonb(u) from coupon_usages u where id = :id", id=made["redemption_id"])
    assert isinstance(row, dict)
    assert (row["tenant_id"], row["user_id"]) == (owner.account["tenant"]["id"], owner.account["user"]["id"])
    assert (row["purchase_amount"], row["discount_amount"], row["final_amount"]) == (99900, 19980, 79920)
    assert (row["applied_to_type"], row["applied_to_id"]) == ("subscription", given["applied_to_id"])
    assert (row["plan_id"], row["currency"], row["state"]) == ("pro", "INR", "reserved")
    kept = datetime.fromisoformat(row["expires_at"]) - datetime.fromisoformat(row["created_at"])
    assert kept.total_seconds() == 900
    assert datetime.fromisoformat(made["expires_at"]) == datetime.fromisoformat(row["expires_at"])
    assert uses(database, code) == {"counted": 1, "held": 1, "recorded": 1}


def test_it_wants_a_key_and_a_repeat_takes_no_second_use(owner: Client, database: Database) -> None:
    code = add_coupon(database)
    given = purchase(code)
    bare = owner.post("/api/coupons/redeem", given)
    assert (bare.status, bare.json["type"]) == (400, "/problems/idempotency-key-required")
    first, second = (owner.post("/api/coupons/redeem", given, idempotency_key="one") for _ in range(2))
    assert (first.status, second.body) == (201, first.body)
    assert uses(database, code)["counted"] == 1


def test_a_refusal_leaves_no_trace_and_frees_the_key(owner: Client, database: Database) -> None:
    code = add_coupon(database, max_uses=1)
    redeemed(sign_up(), code)
    given = purchase(code)
    refused = owner.post("/api/coupons/redeem", given, idempotency_key="one")
    assert (refused.status, refused.json["type"]) == (409, "/problems/coupon-exhausted")
    assert uses(database, code) == {"counted": 1, "held": 1, "recorded": 1}
    database.run("update coupons set max_uses = 2 where code = :code", code=code)
    assert owner.post("/api/coupons/redeem", given, idempotency_key="one").status == 201


@pytest.mark.parametrize("hot", [False, True])
def test_uses_go_to_the_last_one_and_no_further(owner: Client, database: Database, hot: bool) -> None:
    code = add_coupon(database, max_uses=3, hot=hot)
    assert [redeem(owner, code).status for _ in range(4)] == [201, 201, 201, 409]
    assert uses(database, code) == {"counted": 3, "held": 3, "recorded": 3}


@pytest.mark.parametrize("hot", [False, True])
def test_a_use_that_lapsed_goes_to_the_next(owner: Client, database: Database, hot: bool) -> None:
    code = add_coupon(database, max_uses=2, hot=hot)
    for redemption_id in [redeemed(owner, code) for _ in range(2)]:
        let_lapse(database, redemption_id)
    assert redeem(sign_up(), code).status == 201
    assert uses(database, code) == {"counted": 1, "held": 1, "recorded": 3}, "what lapsed is taken away with it"


@pytest.mark.parametrize("hot", [False, True])
def test_a_use_that_was_free_when_it_was_looked_at_may_be_gone(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch, hot: bool
) -> None:
    """Everybody passes the first look; what counts is whether the use can be taken."""
    monkeypatch.setattr(rules, "refusal", lambda *_: None)
    once, last = (
        add_coupon(database, max_uses=9, max_uses_per_user=1, hot=hot),
        add_coupon(database, max_uses=1, hot=hot),
    )
    for code, problem in ((once, "user-limit"), (last, "exhausted")):
        before = redeemed(owner, code), uses(database, code)
        refused = redeem(owner, code)
        assert (refused.status, refused.json["type"]) == (409, f"/problems/coupon-{problem}")
        assert uses(database, code) == before[1]
    database.run("update coupons set status = 'disabled' where code = :code", code=once)
    assert redeem(sign_up(), once).status == 409


def test_a_user_who_changes_tenants_takes_no_more_than_his_share(owner: Client, database: Database) -> None:
    code = add_coupon(database, max_uses_per_user=1)
    redeemed(owner, code)
    database.run(
        "update tenant_users set tenant_id = :tenant where user_id = :user",
        tenant=sign_up().account["tenant"]["id"], user=owner.account["user"]["id"],
    )  # fmt: skip
    refused = redeem(owner, code)
    assert (refused.status, refused.json["type"]) == (409, "/problems/coupon-user-limit")


def test_a_whole_discount_leaves_nothing_to_pay(owner: Client, database: Database) -> None:
    code = add_coupon(database, coupon_type="fixed_amount", discount_value=1500, currency="INR")
    made = redeem(owner, code).json
    assert (made["discount_amount"], made["final_amount"]) == ("999.00", "0.00")


def test_an_unknown_code_is_refused_and_counts_as_a_guess(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "GUESSES", 1 / 1000)
    guess = Request(
        "POST", "/api/coupons/redeem", purchase("NO-SUCH-CODE"),
        headers={"idempotency-key": uuid.uuid4().hex, "x-test-ip": "192.0.2.9"},
    )  # fmt: skip
    refused = owner.send(guess)
    assert (refused.status, refused.json["type"]) == (409, "/problems/coupon-unknown-code")
    assert owner.send(guess).status == 429
    again = redeeming(add_coupon(database))
    assert (
        owner.send(Request(again.method, again.path, again.json, headers={**again.headers, **guess.headers})).status
        == 429
    )
