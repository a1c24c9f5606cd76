"""Exact numbers."""

import math
from decimal import Decimal
from fractions import Fraction

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from shared.domains.pricing.rules.numbers import ONE, exact, half_up, millimetres, plain
from shared.domains.pricing.schemas.numbers import Length


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


@pytest.mark.parametrize("value", [12.5, "12.5", Decimal("12.5"), "0012.50", Decimal("1.25E+1")])
def test_an_input_is_a_number_or_its_text(value: object) -> None:
    assert TypeAdapter(Length).validate_python(value) == exact("12.5")


NO_NUMBERS = [True, False, None, [1], b"1", "", "NaN", "-0", "+1", " 1", "1e2", "10000.1", "1." + "0" * 31, "1" * 10**6]
BEYOND = [-0.1, 10_000.5, 10**4000, math.nan, math.inf, Decimal("NaN"), Decimal("sNaN"), Decimal("1e999999")]


@pytest.mark.parametrize("value", NO_NUMBERS + BEYOND)
def test_another_input_is_refused_in_words(value: object) -> None:
    with pytest.raises(ValidationError, match=r"Give a number from 0 to 10,000 in plain digits"):
        TypeAdapter(Length).validate_python(value)


def test_the_schema_says_what_is_taken() -> None:
    schema = TypeAdapter(Length).json_schema()
    jsonschema_rs.meta.validate(schema)
    takes = jsonschema_rs.validator_for(schema).is_valid
    assert [takes(value) for value in (12.5, "12.5", "10000.00", "10000.01", -1, "-1", True, "x")] == [
        True, True, True, False, False, False, False, False,
    ]  # fmt: skip
