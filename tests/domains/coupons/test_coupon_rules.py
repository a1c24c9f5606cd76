"""The rules of coupons: borrowed cases, exact arithmetic, the order of the reasons, the limits of marketing."""

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.money import to_minor
from shared.domains.coupons import rules
from shared.domains.coupons.errors import REFUSALS
from shared.domains.coupons.rows import OfferRow
from shared.domains.coupons.rules import Purchase, discount, refusal, within_marketing
from shared.domains.coupons.schemas.redemptions import Reason
from tests.support import cases

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)
USER, TENANT, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
PURCHASE = Purchase(99900, None, None, "subscription", USER, TENANT)
OFFER = OfferRow(
    id=UUID(int=4), code="WELCOME20", name="Welcome", coupon_type="percentage", discount_value=Decimal(20),
    currency=None, max_uses=10, max_uses_per_user=1, min_purchase_amount=None, max_discount_amount=None, plan_ids=[],
    applies_to="all", duration="once", duration_in_cycles=None, first_subscription_only=False, assigned_to=None,
    stackable=False, hot=False, valid_from=NOW - DAY, valid_until=NOW + DAY, status="active", used=0, lapsed=0, mine=0,
    has_subscribed=False, tenant_currency="INR", guesses_until=None,
)  # fmt: skip


def test_the_borrowed_discounts() -> None:
    vectors = [case for case in cases.load("vectors/boxcost.json") if case["kind"] == "coupon_discount"]
    for case in vectors:
        asked, wanted = case["input"], case["output"]
        amount, most = to_minor(Decimal(str(asked["amount"]))), asked["max_discount_amount"]
        value = Decimal(str(asked["discount_value"]))
        off = discount(asked["discount_type"].lower(), value, amount, most and to_minor(Decimal(str(most))))
        after = to_minor(Decimal(str(wanted["amount_after"])))  # some of theirs end in a float's noise
        assert (off, amount - off) == (to_minor(Decimal(str(wanted["discount"]))), after), case["id"]
    assert len(vectors) == 9
    cases.ran("coupon_discount", len(vectors))


@pytest.mark.parametrize(
    ("value", "amount", "off"),
    [("0.5", 100, 1), ("0.5", 99, 0), ("50", 1, 1), ("33.3333", 100, 33), ("100", 0, 0), ("100", 99, 99)],
)
def test_half_a_minor_unit_is_rounded_up(value: str, amount: int, off: int) -> None:
    assert discount("percentage", Decimal(value), amount, None) == off


@given(
    kind=st.sampled_from(["percentage", "fixed_amount"]),
    value=st.decimals("0.0001", "100", places=4),
    amount=st.integers(0, 10**15),
    most=st.none() | st.integers(0, 10**15),
)
def test_a_discount_is_exact_capped_and_never_more_than_the_amount(
    kind: str, value: Decimal, amount: int, most: int | None
) -> None:
    off = discount(kind, value, amount, most)
    share = Fraction(value) * (amount if kind == "percentage" else 10_000) / 100
    exact = int(share + Fraction(1, 2))
    assert off == min([exact, amount, *([most] if most and kind == "percentage" else [])])
    assert 0 <= off <= amount


def test_a_coupon_that_nothing_speaks_against() -> None:
    assert refusal(OFFER, PURCHASE, NOW) is None


def test_the_first_reason_is_given_in_the_stated_order() -> None:
    """Everything is wrong with the coupon; what is named is put right, one after the other."""
    mending: dict[str, dict[str, Any]] = {
        "disabled": {"status": "active"},
        "not_started": {"valid_from": NOW},
        "expired": {"valid_until": NOW},
        "exhausted": {"used": 9},
        "user_limit": {"mine": 0},
        "minimum": {"min_purchase_amount": 99900},
        "plan": {"plan_ids": []},
        "scope": {"applies_to": "subscription"},
        "first_subscription": {"has_subscribed": False},
        "currency": {"currency": "INR"},
        "not_assigned": {"assigned_to": TENANT},
    }
    coupon = OFFER._replace(
        status="disabled", valid_from=NOW + INSTANT, valid_until=NOW - INSTANT, used=10, mine=1,
        min_purchase_amount=99901, plan_ids=["pro"], applies_to="invoice", first_subscription_only=True,
        has_subscribed=True, coupon_type="fixed_amount", currency="USD", assigned_to=OTHER,
    )  # fmt: skip
    for reason, mended in mending.items():
        assert refusal(coupon, PURCHASE, NOW) == reason
        coupon = coupon._replace(**mended)
    assert refusal(coupon, PURCHASE, NOW) is None
    assert ("unknown_code", *mending) == get_args(Reason)


def test_each_reason_has_a_problem_of_its_own() -> None:
    assert tuple(REFUSALS) == get_args(Reason)
    for reason, problem in REFUSALS.items():
        assert (problem().slug, problem.kind.value) == (f"coupon-{reason.replace('_', '-')}", 409)


def test_lapsed_uses_are_free() -> None:
    assert refusal(OFFER._replace(used=10, lapsed=1), PURCHASE, NOW) is None
    assert refusal(OFFER._replace(used=11, lapsed=1), PURCHASE, NOW) == "exhausted"


def test_a_reservation_lapses_at_its_end() -> None:
    assert rules.state("reserved", NOW + INSTANT, NOW) == "reserved"
    assert rules.state("reserved", NOW, NOW) == "lapsed"
    assert rules.state("consumed", NOW, NOW) == "consumed"


@pytest.mark.parametrize(
    ("within", "kind", "value", "least", "uses", "days"),
    [
        (True, "percentage", "30", None, 100, 90),
        (False, "percentage", "30.0001", None, 100, 90),
        (False, "percentage", "30", None, 101, 90),
        (False, "percentage", "30", None, None, 90),
        (False, "percentage", "30", None, 100, 91),
        (False, "percentage", "30", None, 100, None),
        (True, "fixed_amount", "30", 10_000, 1, 1),
        (False, "fixed_amount", "30.01", 10_000, 1, 1),
        (False, "fixed_amount", "0.01", None, 1, 1),
    ],
)
def test_what_marketing_may_offer_alone(
    within: bool, kind: str, value: str, least: int | None, uses: int | None, days: int | None
) -> None:
    ends = None if days is None else NOW + days * DAY
    assert within_marketing(kind, Decimal(value), least, uses, NOW, ends) == within


def test_half_up_is_what_decimal_calls_half_up() -> None:
    for amount in range(2000):
        wanted = (Decimal(amount) * Decimal("12.5") / 100).quantize(Decimal(1), ROUND_HALF_UP)
        assert discount("percentage", Decimal("12.5"), amount, None) == wanted
