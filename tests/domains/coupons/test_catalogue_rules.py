"""The rules of those who make and keep coupons: statuses, what an action on many takes, days."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import get_args
from uuid import UUID

import pytest

from shared.core.permissions import PERMISSIONS
from shared.domains.coupons import rules
from shared.domains.coupons.rows import CouponRow
from shared.domains.coupons.schemas.coupons import CouponStatus
from shared.domains.coupons.schemas.series import Action, CouponBulk

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
COUPON = CouponRow(
    id=UUID(int=4), code="WELCOME20", name="Welcome", coupon_type="percentage", discount_value=Decimal(20),
    currency=None, max_uses=10, max_uses_per_user=1, min_purchase_amount=None, max_discount_amount=None, plan_ids=[],
    applies_to="all", duration="once", duration_in_cycles=None, first_subscription_only=False, is_public=False,
    assigned_to=None, stackable=False, hot=False, valid_from=NOW - DAY, valid_until=NOW + DAY, status="active",
    series_id=None, created_by=UUID(int=5), created_at=NOW, updated_at=NOW, decided_by=None, decided_at=None,
    reason=None, uses=0,
)  # fmt: skip


@pytest.mark.parametrize("stored", get_args(CouponStatus))
def test_a_coupon_has_expired_once_its_last_moment_is_over_if_it_ran(stored: str) -> None:
    runs = stored in ("active", "expired")
    assert rules.coupon_status(stored, NOW, NOW) == ("active" if runs else stored)
    assert rules.coupon_status(stored, NOW, NOW + timedelta(microseconds=1)) == ("expired" if runs else stored)
    assert rules.coupon_status(stored, None, NOW) == ("active" if runs else stored)


@pytest.mark.parametrize(
    ("before", "resumed", "alone", "after"),
    [
        ("active", False, True, "active"),
        ("active", False, False, "pending_approval"),
        ("expired", False, True, "active"),
        ("disabled", False, True, "disabled"),
        ("disabled", False, False, "disabled"),
        ("disabled", True, True, "active"),
        ("disabled", True, False, "pending_approval"),
        ("pending_approval", True, True, "pending_approval"),
        ("rejected", False, True, "pending_approval"),
    ],
)
def test_a_change_never_approves_what_wants_approval(before: str, resumed: bool, alone: bool, after: str) -> None:
    coupon = COUPON._replace(status=before)
    assert rules.changed_status(coupon, coupon, resumed=resumed, alone=alone, now=NOW) == after


def test_the_status_of_an_expired_coupon_stays_unless_its_time_is_extended() -> None:
    before = COUPON._replace(status="expired", valid_until=NOW - DAY)
    for until, status in ((NOW - DAY, "expired"), (NOW, "active"), (None, "active")):
        after = before._replace(valid_until=until)
        assert rules.changed_status(before, after, resumed=False, alone=True, now=NOW) == status


def test_every_action_on_many_has_its_fields_and_a_permission() -> None:
    assert set(rules.BULK_TAKES) == set(rules.BULK_WANTS) == set(get_args(Action))
    assert frozenset.union(*rules.BULK_TAKES.values()) == set(CouponBulk.model_fields) - {"action"}
    assert set(rules.BULK_WANTS.values()) <= PERMISSIONS


@pytest.mark.parametrize("action", get_args(Action))
def test_an_action_takes_its_fields_and_no_others(action: str) -> None:
    takes = rules.BULK_TAKES[action]
    enough = takes - {"coupon_ids"}
    assert rules.bulk_fault(action, enough) is None
    for field in enough:
        assert rules.bulk_fault(action, enough - {field}) is not None, field
    for field in frozenset.union(*rules.BULK_TAKES.values()) - enough:
        assert rules.bulk_fault(action, enough | {field}) is not None, field


def test_a_period_is_of_whole_days() -> None:
    day = date(2026, 11, 20)
    assert rules.period(day, day) == (datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))
    start, end = rules.period(None, None)
    assert start < NOW < end
