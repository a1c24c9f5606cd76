"""What a box weighs, bears and costs. The formulas are those of docs/decisions/pricing-arithmetic.md."""

from math import sqrt
from typing import NamedTuple

from shared.domains.pricing.rules.box import Box, Manufacturing, blank
from shared.domains.pricing.rules.numbers import ONE, TRILLION, Count, half_up

RULE_VERSION = "2026.1"  # goes up with every change of a formula or a default
NEWTONS_PER_KGF = 9.80665

# A product of n counts is a count of a millionth to the power of n. So many of them make one ...
_SQUARE = ONE**2  # of RCT × take-up factor
_BURST = ONE**2 * 2000  # of GSM × BF, halved for flutes
_KILOGRAM = ONE**4 * 10**9  # of mm × mm × g/m² × take-up factor
_PER_100_SQUARE_INCHES = ONE**3 * 6451600  # of mm² × money; 25.4² × 100, and × 100 to be whole
_MARKUP = ONE * 100
# ... of money. 315 is a multiple of every ply, so that a mean of rates is whole, and 127² the prime in 25.4².
_WHOLE = 315 * 127**2
_MONEY = ONE**5 * 10**9 * _WHOLE
_VALUE = _MONEY * _MARKUP
# In _MONEY: one count of an amount, and of a lamination. Counts that make 10^-12: of _MONEY, of _VALUE.
_AMOUNT, _LAMINATION = _MONEY // ONE, _MONEY // _PER_100_SQUARE_INCHES
_COST, _UNIT_COST = _MONEY // TRILLION, _VALUE // TRILLION
_MINOR, _MILLION = _VALUE // 100, TRILLION // ONE


class Costing(NamedTuple):
    """Exact figures of a box: COUNTS has how many make one of a unit. The compression, a root, is a float."""

    inner_length_mm: Count
    inner_width_mm: Count
    inner_height_mm: Count | None
    sheet_length_mm: Count
    sheet_width_mm: Count
    additional_flap_applied: bool
    sheet_weight_kg: Count
    layer_weights_kg: list[Count]
    burst_strength_kg_cm2: Count
    ect: Count
    board_thickness_mm: Count
    box_perimeter_mm: Count
    bct_newton: float
    paper_cost: int
    printing_cost: int
    lamination_cost: int
    varnish_cost: int
    die_cost: int
    punching_cost: int
    conversion_cost: int
    total_cost_per_box: int
    total_value: int


_NOTHING: tuple[int, ...] = (0, 0, 0, 0, 0)
COSTS = tuple(name for name in Costing._fields if "cost" in name)
COUNTS = {name: ONE for name in Costing._fields if name.endswith("_mm")} | {
    "sheet_weight_kg": _KILOGRAM, "layer_weights_kg": _KILOGRAM, "burst_strength_kg_cm2": _BURST, "ect": _SQUARE,
    **dict.fromkeys(COSTS, TRILLION), "total_value": 100,
}  # fmt: skip


def price(box: Box) -> Costing:
    """The costing of a box; each amount is rounded once, half-up. Invalid where no inner size is left."""
    length, width, height, sheet_length, sheet_width, has_extra_flap = blank(box)
    area = sheet_length * sheet_width
    weights = []
    grammage: Count = 0
    worth: Count = 0
    rates: Count = 0
    burst: Count = 0
    ect: Count = 0
    for is_flute, gsm, bf, factor, rct, _, rate in box.layers:
        layer = gsm * factor
        weights.append(area * layer)
        grammage += layer
        worth += layer * rate
        rates += rate
        burst += gsm * bf if is_flute else 2 * gsm * bf  # a flute counts half
        ect += rct * factor
    weight = area * grammage
    paper = area * worth * _WHOLE if box.paper_cost_method == "layerwise" else weight * rates * (_WHOLE // box.ply)
    thickness, perimeter = box.board_thickness_mm, 2 * (length + width)
    return Costing(
        length, width, height if box.item_type == "rsc" else None, sheet_length, sheet_width, has_extra_flap,
        weight, weights, burst, ect, thickness, perimeter,
        mckee(float(ect / _SQUARE), float(thickness / ONE), float(perimeter / ONE)),
        *_costs(box, area, paper, weight * box.conversion_rate_per_kg * _WHOLE),
    )  # fmt: skip


def mckee(ect: float, thickness_mm: float, perimeter_mm: float) -> float:
    """Box compression in newtons (McKee, simplified), of ECT in N/mm = kN/m."""
    return 5.87 * ect * sqrt(thickness_mm * perimeter_mm)


def _costs(box: Box, area: Count, paper: Count, conversion: Count) -> tuple[int, ...]:
    """Paper, printing, lamination, varnish, die, punching, conversion and all together per box, and the total value.

    cost = (paper + printing + lamination + varnish + die + punching) × (1 + markup) + conversion

    `paper` and `conversion` are counts of 1 / _MONEY, and so is what the whole order costs before markup.
    """
    quantity = box.quantity
    order, added = paper * quantity, _NOTHING
    if box.manufacturing is not None:
        more, added = _added(box.manufacturing, area, quantity)
        order += more
    value = order * (_MARKUP + box.markup_percent) + conversion * quantity * _MARKUP
    return (
        half_up(paper, _COST), *added, half_up(conversion, _COST),
        half_up(value, _UNIT_COST * quantity), half_up(value, _MINOR),
    )  # fmt: skip


def _added(made: Manufacturing, area: Count, quantity: int) -> tuple[Count, tuple[int, ...]]:
    """What manufacturing adds to the order, a count of 1 / _MONEY, and its five costs per box."""
    per_print, plates, moq, lamination_rate, lamination_size, varnish, die, punching = made
    printing = per_print * max(quantity, moq) + plates  # of the order, like the die
    laminated = area * 100  # 100 mm² or, where a size is given in inches, so many of them: 25.4² = 645.16
    if lamination_size is not None:
        laminated = lamination_size[0] * lamination_size[1] * 64516
    lamination = laminated * lamination_rate
    order = (printing + die + (varnish + punching) * quantity) * _AMOUNT + lamination * quantity * _LAMINATION
    return order, (
        half_up(printing * _MILLION, quantity), half_up(lamination * TRILLION, _PER_100_SQUARE_INCHES),
        half_up(varnish * _MILLION, 1), half_up(die * _MILLION, quantity), half_up(punching * _MILLION, 1),
    )  # fmt: skip
