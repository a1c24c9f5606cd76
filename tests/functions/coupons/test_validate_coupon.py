"""POST /api/coupons/validate."""

from datetime import UTC, datetime

import pytest

from shared.core import guesses
from tests.functions.coupons.campaigns import add_coupon, behind, let_lapse, redeem, redeemed, tried, uses
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

PAST, FUTURE = datetime(2025, 1, 1, tzinfo=UTC), datetime(2125, 1, 1, tzinfo=UTC)


def example(owner: Client) -> Request:
    return Request("POST", "/api/coupons/validate", {"code": add_coupon(behind(owner)), "purchase_amount": 100.00})


def test_it_tells_the_discount_and_takes_no_use(owner: Client, database: Database) -> None:
    code = add_coupon(database, max_discount_amount=15000)
    answer = tried(owner, code.lower(), purchase_amount=100.00)
    assert answer["coupon"].keys() == {
        "id", "code", "name", "coupon_type", "discount_value", "currency", "min_purchase_amount", "max_discount_amount",
        "plan_ids", "applies_to", "duration", "duration_in_cycles", "first_subscription_only", "stackable",
        "valid_from", "valid_until",
    }  # fmt: skip
    shown = {name: answer["coupon"][name] for name in ("code", "discount_value", "max_discount_amount")}
    assert shown == {"code": code, "discount_value": "20.00", "max_discount_amount": "150.00"}
    assert (answer["valid"], answer["discount_amount"], answer["final_amount"]) == (True, "20.00", "80.00")
    assert tried(owner, code)["discount_amount"] == "150.00"
    assert uses(database, code) == {"counted": 0, "held": 0, "recorded": 0}


FIXED = {"coupon_type": "fixed_amount", "discount_value": 100, "currency": "INR"}


@pytest.mark.parametrize(
    ("reason", "terms", "given"),
    [
        ("disabled", {"status": "disabled"}, {}),
        ("disabled", {"status": "pending_approval"}, {}),
        ("disabled", {"status": "rejected"}, {}),
        ("not_started", {"valid_from": FUTURE}, {}),
        ("expired", {"valid_until": PAST}, {}),
        ("exhausted", {"max_uses": 3, "uses": 3}, {}),
        ("minimum", {"min_purchase_amount": 99901}, {}),
        ("plan", {"plan_ids": ["pro"]}, {}),
        ("plan", {"plan_ids": ["pro"]}, {"plan_id": "Pro"}),
        ("scope", {"applies_to": "invoice"}, {"applied_to_type": "subscription"}),
        ("currency", FIXED, {"currency": "USD"}),
        ("currency", FIXED | {"currency": "USD"}, {}),
        ("not_assigned", {"assigned_to": "01a1f7d8-0000-7000-8000-000000000001"}, {}),
    ],
)
def test_it_gives_the_reason(
    owner: Client, database: Database, reason: str, terms: dict[str, object], given: dict[str, object]
) -> None:
    code = add_coupon(database, **terms)
    assert tried(owner, code, **given) == {"valid": False, "reason": reason}
    refused = redeem(owner, code, **given)
    assert (refused.status, refused.json["type"]) == (409, f"/problems/coupon-{reason.replace('_', '-')}")


@pytest.mark.parametrize(
    ("terms", "given"),
    [
        ({"plan_ids": ["lite", "pro"]}, {"plan_id": "pro"}),
        ({"min_purchase_amount": 99900}, {}),
        ({"applies_to": "invoice"}, {}),
        ({"applies_to": "invoice"}, {"applied_to_type": "invoice"}),
        (FIXED, {}),
        (FIXED | {"currency": "USD"}, {"currency": "USD"}),
        ({"currency": "USD"}, {"currency": "INR"}),
        ({"status": "expired", "valid_until": FUTURE}, {}),
        ({"max_uses": None, "uses": 10_000}, {}),
    ],
)
def test_it_says_when_all_is_well(
    owner: Client, database: Database, terms: dict[str, object], given: dict[str, object]
) -> None:
    assert tried(owner, add_coupon(database, **terms), **given)["valid"] is True


def test_a_coupon_may_be_given_to_a_user_or_to_a_tenant(owner: Client, database: Database) -> None:
    for id_ in (owner.account["user"]["id"], owner.account["tenant"]["id"]):
        code = add_coupon(database, assigned_to=id_)
        assert tried(owner, code)["valid"] is True
        assert tried(sign_up(), code) == {"valid": False, "reason": "not_assigned"}


def test_a_users_limit_counts_his_own_uses_until_they_lapse(owner: Client, database: Database) -> None:
    code = add_coupon(database, max_uses_per_user=1)
    redemption_id = redeemed(owner, code)
    assert tried(owner, code) == {"valid": False, "reason": "user_limit"}
    assert tried(sign_up(), code)["valid"] is True
    let_lapse(database, redemption_id)
    assert tried(owner, code)["valid"] is True


@pytest.mark.parametrize("hot", [False, True])
def test_a_use_that_lapsed_is_free_though_nothing_has_taken_it_away(
    owner: Client, database: Database, hot: bool
) -> None:
    code = add_coupon(database, max_uses=1, hot=hot)
    redemption_id = redeemed(owner, code)
    assert tried(sign_up(), code) == {"valid": False, "reason": "exhausted"}
    let_lapse(database, redemption_id)
    assert tried(sign_up(), code)["valid"] is True
    assert uses(database, code)["counted"] == 1


def test_only_unknown_codes_count_as_guesses(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "GUESSES", 3 / 1000)
    code, elsewhere = add_coupon(database), {"x-test-ip": "192.0.2.7"}

    def status(code: str, **headers: str) -> int:
        return owner.post("/api/coupons/validate", {"code": code, "purchase_amount": 1}, **headers).status

    assert [status(code, **elsewhere) for _ in range(5)] == [200] * 5
    assert [status("NO-SUCH-CODE", **elsewhere) for _ in range(4)] == [200, 200, 200, 429]
    refused = owner.post("/api/coupons/validate", {"code": code, "purchase_amount": 1}, **elsewhere)
    assert (refused.status, refused.json["type"]) == (429, "/problems/too-many-guesses")
    assert 0 < int(refused.headers["retry-after"]) <= 20
    assert owner.send(Request("POST", "/api/coupons/validate", {"code": code, "purchase_amount": 1})).status == 200
    assert status(code, **{"x-test-ip": "192.0.2.8"}) == 200
    database.run("update rate_limits set until = until - interval '1 minute'")
    assert status(code, **elsewhere) == 200


def test_an_unknown_code_is_a_reason_too(owner: Client, database: Database) -> None:
    assert tried(owner, "NO-SUCH-CODE") == {"valid": False, "reason": "unknown_code"}


def test_a_first_subscription_is_the_tenants_first(owner: Client, database: Database) -> None:
    first, other = add_coupon(database, first_subscription_only=True), add_coupon(database)
    redemption_id = redeemed(owner, other)
    assert tried(owner, first)["valid"] is True, "reserved is not consumed"
    database.run("update coupon_usages set state = 'consumed' where id = :id", id=redemption_id)
    assert tried(owner, first) == {"valid": False, "reason": "first_subscription"}
    assert tried(sign_up(), first)["valid"] is True
