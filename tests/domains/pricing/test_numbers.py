"""Exact numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domains.pricing.rules.numbers import ONE, exact, half_up, millimetres, plain


@given(st.decimals(-10_000, 10_000, places=30))
def test_a_number_comes_back_as_it_was(number: object) -> None:
    text = f"{number:f}"
    assert Fraction(exact(text), ONE) == Fraction(text)
    assert Fraction(plain(exact(text))) == Fraction(text)


@given(st.floats(1e-10, 1e10))
def test_a_double_is_its_shortest_text(number: float) -> None:
    assert Fraction(exact(str(number)), ONE) == Fraction(str(number))


def test_ordinary_numbers_are_integers() -> None:
    assert exact("1.35") == 1_350_000 and isinstance(exact("1.35"), int)
    assert isinstance(exact("1e2"), int) and isinstance(exact("2.500000000"), int)
    assert isinstance(millimetres(exact("15.5")), int)
    assert millimetres(exact("0.0000001")) == Fraction("2.54")


@pytest.mark.parametrize(
    "text", ["", ".", "-", "e5", "x", "1 ", "1,5", "nan", "inf", "1e9999", "٣", "1_0", "9" * 41, "1e-31"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write"):
        exact(text)


@pytest.mark.parametrize(("numerator", "rounded"), [(0, 0), (4, 0), (5, 1), (14, 1), (15, 2), (Fraction(149, 10), 1)])
def test_a_half_is_rounded_upwards(numerator: int, rounded: int) -> None:
    assert half_up(numerator, 10) == rounded
