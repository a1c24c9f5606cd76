"""Totals and numbers of quotes."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domains.quotes.rules.totals import line_total, quote_number, quote_totals
from tests.support import cases

# Worked by hand. (price, quantity) lines, GST %, transport, rounded off? -> subtotal, GST, raw, round-off, final
WORKED = [
    ([("42.1375", 1000)], "5", "0", True, "42137.50", "2106.88", "44244.38", "-0.38", "44244.00"),
    ([("42.1375", 1000)], "5", "750.50", False, "42137.50", "2106.88", "44994.88", "0.00", "44994.88"),
    ([("0.333", 3)], "18", "0", True, "0.999", "0.18", "1.179", "-0.18", "1.00"),
    ([("10.10", 5), ("0.005", 1)], "18", "0", True, "50.505", "9.09", "59.595", "0.40", "60.00"),
    ([("99.995", 1)], "18", "0", True, "99.995", "18.00", "117.995", "0.00", "118.00"),  # printed: 118.00
    ([("99.995", 1)], "5", "750.50", True, "99.995", "5.00", "855.495", "-0.50", "855.00"),  # 855.50 to 855.00
    ([("0.50", 1)], "0", "0", True, "0.50", "0.00", "0.50", "0.50", "1.00"),  # half a rupee goes up
    ([("123456789012.000000000001", 9)], "0", "0", False, *["1111111101108.000000000009", "0"] * 2, "1111111101108"),
    ([], "5", "0", True, "0", "0", "0", "0", "0"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "gst", "transport", "rounds", "subtotal", "tax", "raw", "round_off", "final"), WORKED
)
def test_totals_worked_by_hand(lines, gst, transport, rounds, subtotal, tax, raw, round_off, final):
    found = quote_totals(
        [(Decimal(price), quantity) for price, quantity in lines],
        gst_percent=Decimal(gst), transport_charge=Decimal(transport), round_off_enabled=rounds,
    )  # fmt: skip
    assert found == tuple(map(Decimal, (subtotal, tax, raw, round_off, final)))


def price_of(item):
    """In the vectors a negotiated price of 0 means that nothing was negotiated."""
    return Decimal(str(item.get("negotiated_price") or item["total_cost_per_box"]))


def test_totals_of_the_older_product():
    vectors = [case for case in cases.load("vectors/boxcost.json") if case["kind"] == "quote_totals"]
    for case in vectors:
        given_, expected = case["input"], case["output"]
        found = quote_totals(
            [(price_of(item), item["quantity"]) for item in given_["items"]],
            gst_percent=Decimal(str(given_["gst_percent"])), transport_charge=Decimal(str(given_["transport_charge"])),
            round_off_enabled=given_["round_off_enabled"],
        )  # fmt: skip
        for name, value in expected.items():
            assert float(getattr(found, name)) == pytest.approx(value, rel=1e-9, abs=1e-9), (case["id"], name)
    cases.ran("quote_totals", len(vectors))


prices = st.decimals(min_value=0, max_value=10**9, places=12)
lines = st.lists(st.tuples(prices, st.integers(1, 10**7)), max_size=20)
percents = st.decimals(min_value=0, max_value=100, places=2)
charges = st.decimals(min_value=0, max_value=10**9, places=2)


@given(lines, percents, charges, st.booleans())
def test_totals_agree_with_fractions(boxes, gst_percent, transport_charge, round_off_enabled):
    found = quote_totals(
        boxes, gst_percent=gst_percent, transport_charge=transport_charge, round_off_enabled=round_off_enabled
    )
    subtotal = sum((Fraction(price) * quantity for price, quantity in boxes), Fraction(0))
    paise = (subtotal * Fraction(gst_percent) + Fraction(1, 2)).__floor__()
    raw = subtotal + Fraction(paise, 100) + Fraction(transport_charge)
    step = 1 if round_off_enabled else 100
    assert (found.subtotal, found.gst_amount, found.raw_total) == (subtotal, Fraction(paise, 100), raw)
    assert Fraction(found.final_total) == Fraction((raw * step + Fraction(1, 2)).__floor__(), step)
    assert abs(found.round_off_value) <= Decimal("0.50")
    assert round_off_enabled or found.round_off_value == 0


@given(lines, percents, charges, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(boxes, gst_percent, transport_charge, random):
    shuffled = random.sample(boxes, len(boxes))
    one, other = (
        quote_totals(given_, gst_percent=gst_percent, transport_charge=transport_charge, round_off_enabled=True)
        for given_ in (boxes, shuffled)
    )
    assert one == other


def test_a_line_is_rounded_half_up_and_keeps_every_digit():
    assert line_total(Decimal("0.335"), 1) == Decimal("0.34")
    assert line_total(Decimal("999999999999.999999999999"), 9_999_999) == Decimal("9999999000000000000.00")


@pytest.mark.parametrize(
    ("count", "number"), [(1, "QT-20261120-001"), (999, "QT-20261120-999"), (1000, "QT-20261120-1000")]
)
def test_a_number_has_three_digits_or_more(count, number):
    assert quote_number(date(2026, 11, 20), count) == number
