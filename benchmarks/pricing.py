"""Pricing 10,000 boxes: the product's integers against a plain Decimal implementation of the same formulas."""

import math
import random
import statistics
import sys
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

from shared.core.money import MINOR, UNIT_COST
from shared.domains.pricing.rules import box as usual
from shared.domains.pricing.rules.box import Box, Layer
from shared.domains.pricing.rules.costing import COUNTS, Costing, price
from shared.domains.pricing.rules.numbers import ONE, exact, plain

BOXES, ROUNDS, GOAL = 10_000, 7, 3.0
INCH = Decimal("25.4")
WHOLE = {"ply", "quantity", "print_moq"}
DIGITS = 60  # holds every product of these boxes, so that only divisions are rounded before the published figure is


def run() -> list[str]:
    """Ratio of the medians of interleaved rounds, and how many boxes got another costing."""
    boxes = spreadsheet(random.Random(10_000))  # noqa: S311
    decimals = [in_decimals(box) for box in boxes]
    with localcontext() as context:
        context.prec = DIGITS
        mismatches = sum(differ(price(box), price_in_decimals(twin)) for box, twin in zip(boxes, decimals, strict=True))
        slow, fast = [], []
        for _ in range(ROUNDS):
            slow.append(seconds(price_in_decimals, decimals))
            fast.append(seconds(price, boxes))
    ratio = statistics.median(slow) / statistics.median(fast)
    median_slow, median_fast = statistics.median(slow), statistics.median(fast)
    ratio = median_slow / median_fast
    verdict = "reached" if ratio >= GOAL and not mismatches else "MISSED"
    each = f"{median_fast / BOXES * 1e6:.1f} us a box, Decimal {median_slow / BOXES * 1e6:.1f}"
    proof = f"{mismatches} mismatches; goal {GOAL}x, 0 mismatches: {verdict}"
    return [f"pricing {BOXES:,} boxes against Decimal: {ratio:.2f}x ({each}), {proof}"]


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


def seconds(function: Callable[[Any], Costing], boxes: list[Any]) -> float:
    start = time.process_time()
    for box in boxes:
        function(box)
    return time.process_time() - start


def spreadsheet(random: random.Random) -> list[Box]:
    """As a box maker sends them: 3, 5 and 7 ply, one in ten in inches, one in ten a sheet, three in ten printed."""
    return [_box(random) for _ in range(BOXES)]


def _box(random: random.Random) -> Box:
    ply = random.choice([3, 3, 5, 5, 7])
    made = random.random() < 0.3
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
        cost_per_print=made * random.randrange(50, 200) * ONE // 100,
        plate_cost=made * 3500 * ONE,
        print_moq=made * 2000,
        lamination_rate=made * random.choice([0, 45]) * ONE // 100,
        lamination_size=random.choice([None, (20 * ONE, 15 * ONE)]),
        varnish_cost=made * random.choice([0, 6]) * ONE // 10,
        die_development_charge=made * 4200 * ONE,
        punching_cost=made * random.choice([0, 35]) * ONE // 100,
        conversion_rate_per_kg=usual.CONVERSION_RATE,
        markup_percent=random.choice([10, 15, 18]) * ONE,
        quantity=random.choice([100, 300, 500, 700, 1000, 1500, 2500, 6000]),
        paper_cost_method=random.choice(["layerwise", "layerwise", "mean"]),
    )


def _layer(random: random.Random, *, is_flute: bool) -> Layer:
    gsm, bf = random.choice([100, 120, 150, 180, 230]), random.choice([14, 16, 18, 20, 22, 24, 28])
    factor = exact(random.choice(["1.25", "1.35", "1.45"])) if is_flute else ONE
    rct, rate = random.randrange(5, 25) * ONE // 10, random.randrange(3000, 6000) * ONE // 100
    return Layer(is_flute, gsm * ONE, bf * ONE, factor, rct, "", rate)


def in_decimals(box: Box) -> Any:
    """The same box with a Decimal for every count."""

    def decimal(name: str, value: Any) -> Any:
        counted = isinstance(value, int | Fraction) and not isinstance(value, bool) and name not in WHOLE
        return Decimal(plain(value)) if counted else value

    fields = {name: decimal(name, getattr(box, name)) for name in Box.__slots__}
    fields["layers"] = [Layer(*(decimal("", value) for value in layer)) for layer in box.layers]
    if box.lamination_size:
        fields["lamination_size"] = tuple(Decimal(plain(side)) for side in box.lamination_size)
    return Box(**fields)


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
    quantity = box.quantity
    printing = box.cost_per_print + box.plate_cost / quantity
    if box.print_moq > quantity:
        printing += box.cost_per_print * (box.print_moq - quantity) / quantity
    laminated_length, laminated_width = box.lamination_size or (sheet_length / INCH, sheet_width / INCH)
    lamination = laminated_length * laminated_width * box.lamination_rate / 100
    die = box.die_development_charge / quantity
    conversion = weight * box.conversion_rate_per_kg
    added = printing + lamination + box.varnish_cost + die + box.punching_cost
    cost = (paper + added) * (1 + box.markup_percent / 100) + conversion
    return Costing(
        length, width, None if box.item_type == "sheet" else height, sheet_length, sheet_width, has_extra_flap,
        weight, weights, burst, ect, box.board_thickness_mm, perimeter, float(newtons),
        rounded(paper), rounded(printing), rounded(lamination), rounded(box.varnish_cost), rounded(die),
        rounded(box.punching_cost), rounded(conversion), rounded(cost), rounded(cost * quantity, MINOR),
    )  # fmt: skip


def rounded(amount: Decimal, to: Decimal = UNIT_COST) -> Decimal:
    return amount.quantize(to, ROUND_HALF_UP)


if __name__ == "__main__":
    print("\n".join(run()), file=sys.stdout)
