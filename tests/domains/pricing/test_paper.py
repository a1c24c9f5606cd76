"""Paper rates and the text that specifies a board."""

import math
from typing import Any

import pytest

from shared.domains.pricing.rules.numbers import ONE, exact
from shared.domains.pricing.rules.paper import (
    DEFAULT_RULES,
    PaperPrices,
    PaperRules,
    abbreviation,
    paper_rate,
    paper_spec,
)
from tests.support import cases

PRICES = PaperPrices({24 * ONE: exact("38.5")}, {"golden kraft": exact("2.5")}, DEFAULT_RULES)


@pytest.mark.parametrize(
    ("gsm", "shade", "rate"),
    [
        ("101", "Golden Kraft", "42"),  # the limits are included
        ("101.000001", "Golden Kraft", "41"),
        ("200.999999", "GOLDEN KRAFT", "41"),
        ("201", "golden kraft", "42"),
        ("150", "Blue", "38.5"),
    ],
)
def test_a_rate_is_worked_by_hand(gsm: str, shade: str, rate: str) -> None:
    found = paper_rate(PRICES, 24 * ONE, exact(gsm), shade)
    assert found is not None and found.rate == exact(rate)


def test_the_low_limit_is_tried_first() -> None:
    rules = PaperRules(200 * ONE, 1 * ONE, 100 * ONE, 2 * ONE, -5 * ONE)
    found = paper_rate(PRICES._replace(rules=rules), 24 * ONE, 150 * ONE, "")
    assert found is not None and (found.gsm_adjustment, found.rate) == (ONE, exact("34.5"))


def test_another_burst_factor_has_no_rate() -> None:
    assert paper_rate(PRICES, exact("24.5"), 150 * ONE, "") is None


def count(value: Any) -> Any:
    return exact(str(value))


def test_every_rate_of_the_vectors() -> None:
    """A limit of null is the usual one: 201 above, where one of the older functions took 200."""
    ran = 0
    for case in cases.load("vectors/boxcost.json"):
        if case["kind"] != "paper_rate":
            continue
        given, wanted = case["input"], case["output"]
        rules = given["rules"] and DEFAULT_RULES._replace(
            **{name: count(value) for name, value in given["rules"].items() if value is not None}
        )
        prices = PaperPrices(
            {count(price["bf"]): count(price["base_price"]) for price in given["bf_prices"]},
            {entry["shade"].casefold(): count(entry["premium"]) for entry in given["shade_premiums"]},
            rules,
        )
        found = paper_rate(prices, count(given["bf"]), count(given["gsm"]), given["shade"])
        if wanted is None:
            assert found is None, case["id"]
        else:
            assert found is not None, case["id"]
            for name, value in found._asdict().items():
                expected = wanted["final_rate" if name == "rate" else name]
                assert math.isclose(value / ONE, expected, rel_tol=1e-9), (case["id"], name)
        ran += 1
    cases.ran("paper_rate", ran)


def test_every_specification_of_the_vectors() -> None:
    ran = 0
    for case in cases.load("vectors/boxcost.json"):
        if case["kind"] == "paper_spec":
            layers = [paper(**layer) for layer in case["input"]["layers"]]
            wanted = case["output"]
            assert paper_spec(layers) == (wanted["paper_spec"], wanted["error_count"]), case["id"]
            ran += 1
    cases.ran("paper_spec", ran)


def paper(shade: str, gsm: Any = None, bf: Any = None) -> tuple[str, Any, Any]:
    return shade, gsm and count(gsm), bf and count(bf)


def test_a_specification_joins_the_layers_outside_first() -> None:
    layers = [paper("Golden Kraft", 180, 24), paper("", 150, 18), paper("Testliner"), paper("testliner", 120.5, 16)]
    assert paper_spec(layers) == ("GOL180/24,TST120.5/16", 2)


@pytest.mark.parametrize(
    ("shade", "short"),
    [
        ("kraft/natural", "KRA"),
        ("Kraft", "KRA"),
        ("Golden Kraft special", "GOL"),
        ("Blue Moon Paper Grey", "BMP"),
        (" ", "UNK"),
    ],
)
def test_an_abbreviation_is_found_or_made(shade: str, short: str) -> None:
    assert abbreviation(shade) == short
