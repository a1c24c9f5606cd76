"""Exact money."""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from shared.core import money

AMOUNTS = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=14)


@pytest.mark.parametrize(
    ("value", "minor"),
    [
        ("0", 0),
        ("12.344999999999", 1234),
        ("12.345", 1235),
        ("-12.345", -1235),
        ("0.005", 1),
        ("-0.005", -1),
        ("0.0049999999999999999999999999999999999", 0),
        ("1E+3", 100_000),
        ("92233720368547758.07", 2**63 - 1),
    ],
)
def test_amounts_are_rounded_half_up_to_minor_units(value: str, minor: int) -> None:
    assert money.to_minor(Decimal(value)) == minor


@given(AMOUNTS)
def test_rounding_is_never_further_than_half_a_unit(value: Decimal) -> None:
    for unit in (money.MINOR, Decimal("1e-12")):
        rounded = money.rounded(value, unit)
        assert abs(Fraction(rounded) - Fraction(value)) <= Fraction(unit) / 2
        assert rounded == value.quantize(unit, ROUND_HALF_UP, Context(prec=60))


@given(st.integers(-(2**63), 2**63 - 1))
def test_minor_units_survive(amount: int) -> None:
    assert money.to_minor(money.from_minor(amount)) == amount
    assert money.text(money.from_minor(amount)).count(".") == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0.00"),
        ("-0", "0.00"),
        ("-0.00", "0.00"),
        ("2.5", "2.50"),
        ("2", "2.00"),
        ("199.80", "199.80"),
        ("0.123456789012", "0.123456789012"),
        ("1.100000000000", "1.10"),
        ("1E+6", "1000000.00"),
        ("1E-12", "0.000000000001"),
        ("-3.7", "-3.70"),
        ("123456789012345678901234567890.5", "123456789012345678901234567890.50"),
    ],
)
def test_money_is_shown_as_a_plain_decimal_string(value: str, text: str) -> None:
    assert money.text(Decimal(value)) == text


@given(AMOUNTS)
def test_what_is_shown_is_exactly_the_amount(value: Decimal) -> None:
    assert Decimal(money.text(value)) == value


class Shown(BaseModel):
    total: money.Money


def test_an_answer_holds_a_string_and_its_schema_says_so() -> None:
    assert Shown(total=Decimal("199.8")).model_dump_json() == '{"total":"199.80"}'
    schema = Shown.model_json_schema(mode="serialization")["properties"]["total"]
    assert (schema["type"], schema["pattern"]) == ("string", r"^-?\d+\.\d{2,12}$")
