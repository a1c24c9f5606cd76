"""Guesses at codes: when they are used up, and when no longer. How they are charged is tested with the coupons."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.core import guesses, settings
from shared.core.call import Actor, Call
from shared.core.guesses import TooManyGuesses

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setattr(settings, "read", lambda _: "1")
    return Call(Actor(), NOW, client_ip="192.0.2.1")


@pytest.mark.parametrize("ahead", [None, -60, 0, 56, 57, 121])
def test_a_guess_more_would_pass(call: Call, ahead: int | None) -> None:
    """20 a minute are 3 s each, and a minute may be owed; more than two is what a clock wrote that was moved since."""
    guesses.check(call, None if ahead is None else NOW + ahead * SECOND)


@pytest.mark.parametrize(("ahead", "wait"), [(57.001, 1), (58, 1), (58.001, 2), (60, 3), (120, 63)])
def test_no_guess_more_would_pass(call: Call, ahead: float, wait: int) -> None:
    with pytest.raises(TooManyGuesses) as refused:
        guesses.check(call, NOW + ahead * SECOND)
    assert refused.value.facts == {"retry_after": wait, "limit": "guess", "quota": 20}


def test_a_household_is_one_caller() -> None:
    keys = {guesses.limit(Call(Actor(), NOW, client_ip=f"2001:db8::{part}")).key for part in (1, 2)}
    assert len(keys) == 1
