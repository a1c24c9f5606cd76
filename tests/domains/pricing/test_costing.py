"""The rules of a box: worked by hand, borrowed cases, and an independent computation in fractions."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.core.errors import Invalid
from shared.domains.pricing.rules.box import DECKLE_MM, EXTRA_FLAP_MM, GLUE_FLAP_MM, THICKNESS_MM
from shared.domains.pricing.rules.costing import mckee
from shared.domains.pricing.rules.flutes import Flute, board_thickness, flute
from shared.domains.pricing.rules.numbers import ONE, exact
from shared.domains.pricing.rules.paper import PaperPrices
from shared.domains.pricing.rules.settings import PricingSettings
from shared.domains.pricing.schemas.box import BoxIn, BoxOut
from shared.domains.pricing.service.costing import price_box
from tests.support import cases

NOTHING = PricingSettings("INR", {}, PaperPrices({}, {}, None))
LINER = {"gsm": 200, "bf": 20, "rct_value": 2, "rate": 40}
FLUTE = {"gsm": 100, "bf": 16, "rct_value": 1, "rate": 30, "fluting_factor": 1.5}
SHEET = {"item_type": "sheet", "ply": 1, "length": 990, "width": 490, "layers": [LINER]}  # 1000 × 500 mm, 0.1 kg
BOX = {"ply": 3, "length": 400, "width": 300, "height": 200, "layers": [LINER, FLUTE, LINER]}


def priced(box: dict[str, Any]) -> BoxOut:
    return price_box(BoxIn.model_validate(box), NOTHING).costing


HAND_WORKED = [
    # sizes
    (BOX, "sheet_length_mm", 1445),  # 2 × 700 + 45
    (BOX, "sheet_width_mm", 525),  # 300 + 200 + 25
    (BOX | {"glue_flap_mm": 0, "deckle_allowance_mm": 0}, "sheet_width_mm", 500),
    (BOX | {"measured_on": "OD"}, "inner_height_mm", 197),  # 200 − 3
    (BOX | {"measured_on": "OD", "od_height_rule": "four"}, "inner_height_mm", 188),  # 200 − 4 × 3
    (BOX | {"measured_on": "OD", "ply_thickness_mm": 2.5}, "sheet_length_mm", 1425),  # 2 × (395 + 295) + 45
    (BOX | {"length": 10, "width": 8, "height": 4, "input_unit": "inches"}, "inner_length_mm", 254),
    (BOX | {"length": 10, "width": 8, "height": 4, "input_unit": "inches"}, "sheet_length_mm", 959.4),  # 36 in + 45
    (BOX, "sheet_width_in", 525 / 25.4),
    (BOX | {"length": 727.5}, "sheet_length_mm", 2100 + 50),  # 2 × 1027.5 + 45 = 2100, above 1500
    (BOX | {"length": 427.5}, "additional_flap_applied", False),  # exactly 1500
    (BOX | {"length": "427.5000001"}, "additional_flap_applied", True),
    (SHEET | {"max_length_threshold_mm": 1}, "additional_flap_applied", False),  # a sheet has no flap
    (SHEET | {"measured_on": "OD", "sheet_allowance_mm": 0}, "sheet_length_mm", 990),
    (SHEET, "inner_height_mm", None),
    (SHEET, "box_perimeter_mm", 2960),
    # weight
    (SHEET, "sheet_weight_kg", 0.1),
    (BOX, "layer_weights_kg", [0.151725, 0.11379375, 0.151725]),  # 1445 × 525 × 200, × 100 × 1.5
    (BOX | {"layers": [LINER | {"fluting_factor": 9}, FLUTE, LINER]}, "sheet_weight_kg", 0.41724375),  # a liner's is 1
    # strength
    (BOX, "burst_strength_kg_cm2", 8.8),  # 4 + 16 / 20 + 4
    (BOX, "ect", 5.5),  # 2 + 1.5 + 2
    (BOX, "board_thickness_mm", 2.5),
    (SHEET, "board_thickness_mm", 0),
    (BOX | {"board_thickness_mm": 3.5}, "bct_newton", 5.87 * 5.5 * 70),  # √(3.5 × 1400) = 70
    (BOX | {"board_thickness_mm": 3.5}, "bct_kgf", 5.87 * 5.5 * 70 / 9.80665),
    # money
    (SHEET, "paper_cost", "4"),
    (SHEET, "conversion_cost", "1.5"),
    (SHEET, "total_cost_per_box", "6.1"),  # 4 × 1.15 + 1.5
    (SHEET, "total_value", "6100"),
    (SHEET | {"quantity": 3, "markup_percent": 0, "conversion_rate_per_kg": 0.15}, "total_value", "12.05"),  # 12.045
    (BOX, "paper_cost", "15.5518125"),  # 0.30345 × 40 + 0.11379375 × 30
    (BOX | {"paper_cost_method": "mean"}, "paper_cost", "15.2989375"),  # 0.41724375 × 110 / 3
    (SHEET | {"manufacturing": {"printing": {"cost_per_print": 2, "plate_cost": 700, "moq": 10}}, "quantity": 7},
     "printing_cost", "102.857142857143"),  # 2 × 10 / 7 + 100
    (SHEET | {"manufacturing": {"printing": {"cost_per_print": 2, "moq": 10}}, "quantity": 20}, "printing_cost", "2"),
    (SHEET | {"manufacturing": {"die_development_charge": 100}, "quantity": 3}, "die_cost", "33.333333333333"),
    (SHEET | {"manufacturing": {"die_development_charge": 100}, "quantity": 3, "markup_percent": 0,
              "conversion_rate_per_kg": 0}, "total_value", "112"),  # 3 × 4 + 100, though no die costs 33.33…
    (SHEET | {"manufacturing": {"lamination": {"rate_per_100_sq_in": 0.5}}, "length": 244, "width": 498},
     "lamination_cost", "1"),  # 254 × 508 mm are 200 square inches
    (SHEET | {"manufacturing": {"lamination": {"rate_per_100_sq_in": 2, "custom_length_in": 5, "custom_width_in": 3}}},
     "lamination_cost", "0.3"),
    (SHEET | {"manufacturing": {"lamination": {"rate_per_100_sq_in": 2, "custom_length_in": 0, "custom_width_in": 3}}},
     "lamination_cost", "0"),  # 0 is 0
    (SHEET | {"manufacturing": {"varnish_cost": 1, "punching_cost": 2}}, "total_cost_per_box", "9.55"),  # 7 × 1.15 …
]  # fmt: skip


@pytest.mark.parametrize(("box", "figure", "expected"), HAND_WORKED)
def test_a_figure_is_as_worked_by_hand(box: dict[str, Any], figure: str, expected: Any) -> None:
    found = getattr(priced(box), figure)
    assert found == (Decimal(expected) if isinstance(expected, str) else expected)


@pytest.mark.parametrize(
    ("ply", "flap", "deckle", "thickness", "extra"),
    [(1, 50, 30, "0.45", 50), (3, 45, 25, "3", 50), (5, 50, 30, "5", 60), (7, 60, 35, "7", 70), (9, 70, 40, "11", 80)],
)
def test_defaults_follow_the_ply(ply: int, flap: int, deckle: int, thickness: str, extra: int) -> None:
    found = GLUE_FLAP_MM[ply], DECKLE_MM[ply], EXTRA_FLAP_MM[ply], THICKNESS_MM[ply]
    assert found == (flap * ONE, deckle * ONE, extra * ONE, exact(thickness))


@pytest.mark.parametrize(
    "changes", [{"length": 0}, {"width": 6, "measured_on": "OD"}, {"height": 3, "measured_on": "OD"}]
)
def test_no_inner_size_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="must be more than 0"):
        priced(BOX | changes)


def boxes() -> Any:
    for case in cases.load("vectors/boxcost.json"):
        if case["kind"] == "box_cost":
            yield case


@pytest.mark.parametrize("method", ["mean", "layerwise"])
def test_every_figure_of_the_box_vectors(method: str) -> None:
    for case in boxes():
        found = dict(priced(case["input"] | {"paper_cost_method": method}))
        wanted = case["output"] | {"bct_newton": case["output"]["reference"]["bct_n_consistent_units"]}
        wanted |= {"bct_kgf": wanted["bct_newton"] / 9.80665, "total_value": round(wanted["total_value"], 2)}
        if method == "layerwise":
            wanted["paper_cost"] = wanted["reference"]["paper_cost_layerwise"]
            del wanted["total_cost_per_box"], wanted["total_value"]
        for figure in wanted.keys() - {"bct_ts", "reference"}:
            assert _close(found[figure], wanted[figure]), (case["id"], figure)
    cases.ran(f"box_cost ({method})", len(list(boxes())))


def _close(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        return all(_close(one, other) for one, other in zip(found, wanted, strict=True))
    if wanted is None or isinstance(wanted, bool):
        return found is wanted
    return math.isclose(found, wanted, rel_tol=1e-9)


def test_compression_and_flutes_of_the_vectors() -> None:
    ran = 0
    for case in cases.load("vectors/boxcost.json"):
        given, wanted = case["input"], case["output"]
        if case["kind"] == "mckee_bct":
            found = mckee(given["ect"], given["board_thickness_mm"], given["box_perimeter_mm"])
            assert math.isclose(found, wanted["bct_n_consistent_units"], rel_tol=1e-9), case["id"]
        elif case["kind"] == "flute_board_thickness":
            factors = {"B": "1.32", "C": "1.43"} if given["flute_heights_mm"] else {}  # named in the note alone
            heights = given["flute_heights_mm"].items()
            own = {letter: Flute(exact(factors[letter]), exact(str(height))) for letter, height in heights}
            thickness = board_thickness(given["flute_combination"], own)
            assert math.isclose(thickness / ONE, wanted["board_thickness_mm"], rel_tol=1e-9), case["id"]
            found_factors = [flute(letter, own).factor for letter in given["flute_combination"]]
            assert found_factors == [exact(str(factor)) for factor in wanted["fluting_factors"]], case["id"]
        else:
            continue
        ran += 1
    cases.ran("mckee_bct, flute_board_thickness", ran)


def test_the_customers_costing_cases() -> None:
    """Exceptions: `worked_example` prices 17.15 from intermediate prices rounded to two decimals, where the exact price
    is 17.1445; `python_port_faults`, `flute_ratio` and `board_cost_example` are remarks, not cases."""
    file = cases.load("conformance/box_costing.json")
    for case in file["mckee_si"]:
        newtons = mckee(case["ect_kn_m"], case["thickness_mm"], case["perimeter_mm"])
        assert newtons == pytest.approx(case["bct_newton"], abs=0.05)
        assert newtons / 9.80665 == pytest.approx(case["bct_kgf"], abs=0.05)
    for case in file["mckee_us"]:  # pounds and inches: the formula keeps units
        found = mckee(case["ect_lb_in"], case["caliper_in"], 2 * (case["length_in"] + case["width_in"]))
        assert found == pytest.approx(case["expected_lb"], abs=case["tolerance"])
    example = file["worked_example"]
    length, width, height = example["box_mm"]
    box = {
        "ply": 3, "flute_combination": example["flute"], "length": length, "width": width, "height": height,
        "glue_flap_mm": example["glue_flap"], "deckle_allowance_mm": example["deckle"],
        "layers": [
            {"gsm": layer["gsm"], "bf": layer["bf"], "fluting_factor": layer["factor"], "rct_value": layer["rct"],
             "rate": example["rate_per_kg"]}
            for layer in example["layers"]
        ],
    }  # fmt: skip
    found, wanted = priced(box), example["expected"]
    assert [found.sheet_length_mm, found.sheet_width_mm] == wanted["sheet_mm"]
    assert round(found.sheet_weight_kg, 6) == wanted["weight_kg"]
    assert math.isclose(found.burst_strength_kg_cm2, wanted["burst"], rel_tol=1e-9)
    assert found.ect == wanted["ect_kn_m"]
    assert found.box_perimeter_mm == wanted["perimeter_cm"] * 10
    assert round(found.bct_kgf, 1) == file["mckee_bug"]["si_kgf"]
    for case in file["rsc"]:
        sizes = {"length": case["L"], "width": case["W"], "height": case["H"]}
        blank = priced(BOX | sizes | {"glue_flap_mm": case["glue"], "deckle_allowance_mm": case["deckle"]})
        assert (blank.sheet_length_mm, blank.sheet_width_mm) == (case["length"], case["width"])
    for case in file["od_to_id"]:
        sizes = dict(zip(("length", "width", "height"), case["od"], strict=True))
        inner = priced(BOX | sizes | {"measured_on": "OD", "ply_thickness_mm": case["thickness"]})
        assert [inner.inner_length_mm, inner.inner_width_mm, inner.inner_height_mm] == case["id"]
    cases.ran("box_costing", 4 + 1 + len(file["rsc"]) + len(file["od_to_id"]))


def number(most: int, places: int = 9) -> st.SearchStrategy[str]:
    """A decimal text with few or many decimals."""
    return st.builds(
        lambda whole, fraction: f"{whole}.{fraction}".rstrip("."),
        st.integers(0, most - 1),
        st.text("0123456789", max_size=places),
    )


size = number(900).map(lambda text: f"1{text}")
layer = st.fixed_dictionaries(
    {
        "gsm": number(1000),
        "bf": number(50),
        "rate": number(200, 20),
        "fluting_factor": number(3),
        "rct_value": number(9),
    }
)
manufacturing = st.fixed_dictionaries(
    {},
    optional={
        "printing": st.fixed_dictionaries(
            {}, optional={"cost_per_print": number(9), "plate_cost": number(9000), "moq": st.integers(0, 5000)}
        ),
        "lamination": st.fixed_dictionaries(
            {"rate_per_100_sq_in": number(5)}, optional={"custom_length_in": number(90), "custom_width_in": number(90)}
        ),
        "varnish_cost": number(9),
        "die_development_charge": number(9000),
        "punching_cost": number(9),
    },
)
box = st.sampled_from([1, 3, 5, 7, 9]).flatmap(
    lambda ply: st.fixed_dictionaries(
        {
            "ply": st.just(ply),
            "item_type": st.sampled_from(["rsc", "sheet"]),
            "input_unit": st.sampled_from(["mm", "inches"]),
            "length": size,
            "width": size,
            "height": size,
            "layers": st.lists(layer, min_size=ply, max_size=ply),
            "manufacturing": manufacturing,
            "conversion_rate_per_kg": number(100),
            "markup_percent": number(100),
            "quantity": st.integers(1, 100_000),
            "paper_cost_method": st.sampled_from(["layerwise", "mean"]),
        }
    )
)


def expected_cost(box: dict[str, Any]) -> Fraction:
    """Cost per box, exact, computed from the texts without the product's code."""

    def of(source: dict[str, Any], name: str) -> Fraction:
        return Fraction(source.get(name, 0))

    unit = Fraction("25.4") if box["input_unit"] == "inches" else Fraction(1)
    length, width, height = (of(box, name) * unit for name in ("length", "width", "height"))
    if box["item_type"] == "sheet":
        across, along = length + 10, width + 10
    else:
        across = 2 * (length + width) + {1: 50, 3: 45, 5: 50, 7: 60, 9: 70}[box["ply"]]
        along = width + height + {1: 30, 3: 25, 5: 30, 7: 35, 9: 40}[box["ply"]]
        if across > 1500:
            across += {1: 50, 3: 50, 5: 60, 7: 70, 9: 80}[box["ply"]]
    weights = [
        across * along * of(paper, "gsm") * (of(paper, "fluting_factor") if place % 2 else 1) / 10**9
        for place, paper in enumerate(box["layers"])
    ]
    rates = [of(paper, "rate") for paper in box["layers"]]
    if box["paper_cost_method"] == "mean":
        cost = sum(weights) * sum(rates) / len(rates)
    else:
        cost = sum((weight * rate for weight, rate in zip(weights, rates, strict=True)), Fraction(0))
    made, quantity = box["manufacturing"], box["quantity"]
    printing, lamination = made.get("printing", {}), made.get("lamination", {})
    cost += of(printing, "cost_per_print") + of(printing, "plate_cost") / quantity
    if printing.get("moq", 0) > quantity:
        cost += of(printing, "cost_per_print") * (printing["moq"] - quantity) / quantity
    square_inches = across / Fraction("25.4") * along / Fraction("25.4")
    if {"custom_length_in", "custom_width_in"} <= lamination.keys():
        square_inches = of(lamination, "custom_length_in") * of(lamination, "custom_width_in")
    cost += square_inches * of(lamination, "rate_per_100_sq_in") / 100
    cost += of(made, "varnish_cost") + of(made, "punching_cost") + of(made, "die_development_charge") / quantity
    return cost * (1 + of(box, "markup_percent") / 100) + sum(weights) * of(box, "conversion_rate_per_kg")


def half_up(value: Fraction, places: int) -> Fraction:
    return Fraction(math.floor(value * 10**places + Fraction(1, 2)), 10**places)


@settings(max_examples=150)
@given(box)
def test_the_cost_is_the_exact_value_rounded_once(box: dict[str, Any]) -> None:
    found, cost = priced(box), expected_cost(box)
    assert Fraction(found.total_cost_per_box) == half_up(cost, 12)
    assert Fraction(found.total_value) == half_up(cost * box["quantity"], 2)


@settings(max_examples=50)
@given(box, st.integers(0, 99), st.integers(1, 99))
def test_more_markup_costs_more_and_never_conversion(box: dict[str, Any], markup: int, more: int) -> None:
    less, dearer = (priced(box | {"markup_percent": percent}) for percent in (markup, markup + more))
    assert less.total_cost_per_box <= dearer.total_cost_per_box
    assert less.conversion_cost == dearer.conversion_cost


@settings(max_examples=50)
@given(box)
def test_liners_may_change_places(box: dict[str, Any]) -> None:
    turned = box | {"layers": box["layers"][::-1]}
    found, other = priced(box), priced(turned)
    assert found.total_cost_per_box == other.total_cost_per_box
    assert found.layer_weights_kg == other.layer_weights_kg[::-1]


@settings(max_examples=50)
@given(box)
def test_what_is_written_out_prices_the_same(box: dict[str, Any]) -> None:
    first = price_box(BoxIn.model_validate(box), NOTHING)
    assert price_box(BoxIn.model_validate(first.inputs), NOTHING) == first
