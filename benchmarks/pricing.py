"""Pricing 10,000 boxes: the product's integers against a plain Decimal implementation of the same formulas."""

import math
import random
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

from benchmarks.report import Report, ratios
from shared.core.money import MINOR
from shared.domains.pricing.rules import box as usual
from shared.domains.pricing.rules.box import Box, Layer, Manufacturing
from shared.domains.pricing.rules.costing import COUNTS, Costing, price
from shared.domains.pricing.rules.numbers import ONE, exact, plain

BOXES, ROUNDS = 10_000, 7
INCH = Decimal("25.4")
UNIT_COST = Decimal("1e-12")
WHOLE = {"ply", "quantity", "print_moq"}
DIGITS = 60  # holds every product of these boxes, so that only divisions are rounded before the published figure is


def run() -> Report:
    """Both price the same boxes, in turns, each from its own numbers to exact figures; every figure is compared."""
    report = Report()
    boxes = spreadsheet(random.Random(BOXES))  # noqa: S311
    decimals = [in_decimals(box) for box in boxes]
    with localcontext() as context:
        context.prec = DIGITS
        mismatches = sum(differ(price(box), price_in_decimals(twin)) for box, twin in zip(boxes, decimals, strict=True))
        slow, fast = [], []
        for _ in range(ROUNDS):
            slow.append(microseconds(price_in_decimals, decimals))
            fast.append(microseconds(price, boxes))
    report.measured("a box in Decimal", slow, "us")
    report.measured("a box in integers", fast, "us")
    report.ratio("integers against Decimal", ratios(slow, fast), 3)
    report.note(f"{mismatches} of {BOXES:,} boxes differ  goal 0  {'MISSED' if mismatches else 'ok'}")
    return report


def differ(costing: Costing, expected: Costing) -> bool:
    """Everything must be equal; the compression, a root, may end in another last digit."""
    if not math.isclose(costing.bct_newton, expected.bct_newton, rel_tol=1e-14):
        return True
    wanted = expected._asdict()
    return any(in_units(getattr(costing, name), counts) != wanted[name] for name, counts in COUNTS.items())


def in_units(value: Any, counts: int) -> Any:
    if isinstance(value, list):
        return [in_units(one, counts) for one in value]
    return value if value is None else Decimal(value) / counts


def microseconds(function: Callable[[Any], Costing], boxes: list[Any]) -> float:
    """Of processor time per box."""
    start = time.process_time()
    for box in boxes:
        function(box)
    return (time.process_time() - start) / len(boxes) * 1e6


def spreadsheet(random: random.Random) -> list[Box]:
    """As a box maker sends them: 3, 5 and 7 ply, one in ten in inches, one in ten a sheet, three in ten printed."""
    return [_box(random) for _ in range(BOXES)]


def _box(random: random.Random) -> Box:
    ply = random.choice([3, 3, 5, 5, 7])
    inches = random.random() < 0.1
    largest = 24_000 if inches else 6_000
    return Box(
        item_type="sheet" if random.random() < 0.1 else "rsc",
        ply=ply,
        flute_combination=usual.COMBINATION[ply],
        input_unit="inches" if inches else "mm",
        measured_on=random.choice(["ID", "OD"]),
        od_height_rule="one",
        ply_thickness_mm=usual.THICKNESS_MM[ply],
        length=random.randrange(largest // 3, largest) * ONE // (1000 if inches else 10),
        width=random.randrange(largest // 4, largest // 2) * ONE // (1000 if inches else 10),
        height=random.randrange(largest // 8, largest // 2) * ONE // (1000 if inches else 10),
        glue_flap_mm=usual.GLUE_FLAP_MM[ply],
        deckle_allowance_mm=usual.DECKLE_MM[ply],
        sheet_allowance_mm=usual.SHEET_ALLOWANCE_MM,
        max_length_threshold_mm=usual.MAX_LENGTH_MM,
        layers=[_layer(random, is_flute=index % 2 == 1) for index in range(ply)],
        board_thickness_mm=exact(random.choice(["2.5", "6.1", "7.3"])),
        manufacturing=_manufacturing(random) if random.random() < 0.3 else None,
        conversion_rate_per_kg=usual.CONVERSION_RATE,
        markup_percent=random.choice([10, 15, 18]) * ONE,
        quantity=random.choice([100, 300, 500, 700, 1000, 1500, 2500, 6000]),
        paper_cost_method=random.choice(["layerwise", "layerwise", "mean"]),
    )


def _manufacturing(random: random.Random) -> Manufacturing:
    return Manufacturing(
        cost_per_print=random.randrange(50, 200) * ONE // 100,
        plate_cost=3500 * ONE,
        print_moq=2000,
        lamination_rate=random.choice([0, 45]) * ONE // 100,
        lamination_size=random.choice([None, (20 * ONE, 15 * ONE)]),
        varnish_cost=random.choice([0, 6]) * ONE // 10,
        die_development_charge=4200 * ONE,
        punching_cost=random.choice([0, 35]) * ONE // 100,
    )


def _layer(random: random.Random, *, is_flute: bool) -> Layer:
    gsm, bf = random.choice([100, 120, 150, 180, 230]), random.choice([14, 16, 18, 20, 22, 24, 28])
    factor = exact(random.choice(["1.25", "1.35", "1.45"])) if is_flute else ONE
    rct, rate = random.randrange(5, 25) * ONE // 10, random.randrange(3000, 6000) * ONE // 100
    return Layer(is_flute, gsm * ONE, bf * ONE, factor, rct, "", rate)


def in_decimals(value: Any, name: str = "") -> Any:
    """The same box with a Decimal for every count."""
    if isinstance(value, Box):
        return Box(**{field: in_decimals(getattr(value, field), field) for field in Box.__slots__})
    if isinstance(value, Layer | Manufacturing):
        return type(value)(*map(in_decimals, value, value._fields))
    if isinstance(value, list | tuple):
        return [in_decimals(each) for each in value]
    is_count = isinstance(value, int | Fraction) and not isinstance(value, bool) and name not in WHOLE
    return Decimal(plain(value)) if is_count else value


def price_in_decimals(box: Any) -> Costing:
    """The formulas as one would write them down, in the context's precision."""
    length, width, height = box.length, box.width, box.height
    if box.input_unit == "inches":
        length, width, height = (size * INCH for size in (length, width, height))
    has_extra_flap = False
    if box.item_type == "sheet":
        sheet_length, sheet_width = length + box.sheet_allowance_mm, width + box.sheet_allowance_mm
    else:
        if box.measured_on == "OD":
            length -= 2 * box.ply_thickness_mm
            width -= 2 * box.ply_thickness_mm
            height -= box.ply_thickness_mm
        sheet_length, sheet_width = 2 * (length + width) + box.glue_flap_mm, width + height + box.deckle_allowance_mm
        has_extra_flap = 0 < box.max_length_threshold_mm < sheet_length
        if has_extra_flap:
            sheet_length += {1: 50, 3: 50, 5: 60, 7: 70, 9: 80}[box.ply]
    weights = [sheet_length * sheet_width * layer.gsm * layer.fluting_factor / 10**9 for layer in box.layers]
    weight = sum(weights)
    burst = sum(layer.gsm * layer.bf / (2000 if layer.is_flute else 1000) for layer in box.layers)
    ect = sum(layer.rct_value * layer.fluting_factor for layer in box.layers)
    perimeter = 2 * (length + width)
    newtons = Decimal("5.87") * ect * (box.board_thickness_mm * perimeter).sqrt()
    if box.paper_cost_method == "mean":
        paper = weight * sum(layer.rate for layer in box.layers) / len(box.layers)
    else:
        paper = sum(kilograms * layer.rate for kilograms, layer in zip(weights, box.layers, strict=True))
    conversion = weight * box.conversion_rate_per_kg
    added = added_in_decimals(box, sheet_length, sheet_width) if box.manufacturing else [Decimal(0)] * 5
    cost = (paper + sum(added)) * (1 + box.markup_percent / 100) + conversion
    return Costing(
        length, width, None if box.item_type == "sheet" else height, sheet_length, sheet_width, has_extra_flap,
        weight, weights, burst, ect, box.board_thickness_mm, perimeter, float(newtons),
        rounded(paper), *map(rounded, added), rounded(conversion), rounded(cost), rounded(cost * box.quantity, MINOR),
    )  # fmt: skip


def added_in_decimals(box: Any, sheet_length: Decimal, sheet_width: Decimal) -> list[Decimal]:
    made, quantity = box.manufacturing, box.quantity
    printing = made.cost_per_print + made.plate_cost / quantity
    if made.print_moq > quantity:
        printing += made.cost_per_print * (made.print_moq - quantity) / quantity
    length, width = made.lamination_size or (sheet_length / INCH, sheet_width / INCH)
    lamination = length * width * made.lamination_rate / 100
    return [printing, lamination, made.varnish_cost, made.die_development_charge / quantity, made.punching_cost]


def rounded(amount: Decimal, to: Decimal = UNIT_COST) -> Decimal:
    return amount.quantize(to, ROUND_HALF_UP)
