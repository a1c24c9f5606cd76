"""What a box weighs, bears and costs. The formulas are those of docs/decisions/pricing-arithmetic.md."""

from math import sqrt
from typing import NamedTuple

from shared.domains.pricing.rules.box import Blank, Box, blank
from shared.domains.pricing.rules.numbers import ONE, TRILLION, half_up

RULE_VERSION = "2026.1"  # goes up with every change of a formula or a default
NEWTONS_PER_KGF = 9.80665

# Exact results are counts of 10^-18 to the power of the number of factors; these bring them back.
_TWO, _THREE = ONE**2, ONE**3
_KG = ONE**4 * 10**9  # mm × mm × g/m² × factor
_MONEY = _KG * ONE  # kg × ₹/kg
_COST = _MONEY // TRILLION  # the same, in 10^-12
_AMOUNT = ONE // TRILLION
_HUNDRED = 100 * ONE
_LAMINATION = 6451600  # 25.4² × 100 × 100: ₹ per 100 square inches on an area in mm², cleared of decimals
_FLOAT, _FLOAT_TWO, _INCH = float(ONE), float(_TWO), 25.4 * ONE


class Costing(NamedTuple):
    """Sizes in mm, weights in kg, burst in kg/cm², ECT in kN/m; costs per box in 10^-12, the value in 10^-2."""

    inner_length_mm: float
    inner_width_mm: float
    inner_height_mm: float | None
    sheet_length_mm: float
    sheet_width_mm: float
    sheet_length_in: float
    sheet_width_in: float
    additional_flap_applied: bool
    sheet_weight_kg: float
    layer_weights_kg: list[float]
    burst_strength_kg_cm2: float
    ect: float
    board_thickness_mm: float
    box_perimeter_mm: float
    bct_newton: float
    bct_kgf: float
    paper_cost: int
    printing_cost: int
    lamination_cost: int
    varnish_cost: int
    die_cost: int
    punching_cost: int
    conversion_cost: int
    total_cost_per_box: int
    total_value: int


def price(box: Box) -> Costing:
    """The costing of a box. Every figure is computed exactly and rounded once, half-up, where it is published."""
    sizes = blank(box)
    length, width, height, sheet_length, sheet_width, has_extra_flap = sizes
    area = sheet_length * sheet_width
    weights = []
    grammage = worth = rates = burst = ect = 0
    for is_flute, gsm, bf, factor, rct, _, rate in box.layers:
        weight = gsm * factor
        weights.append(area * weight / _KG)
        grammage += weight
        worth += weight * rate
        rates += rate
        burst += gsm * bf if is_flute else 2 * gsm * bf  # a flute counts half
        ect += rct * factor
    kilograms = area * grammage
    paper, share = (area * worth, 1) if box.paper_cost_method == "layerwise" else (kilograms * rates, box.ply)
    conversion = kilograms * box.conversion_rate_per_kg
    perimeter = 2 * (length + width)
    newtons = mckee(ect / _FLOAT_TWO, box.board_thickness_mm / _FLOAT, perimeter / _FLOAT)
    return Costing(
        length / _FLOAT, width / _FLOAT, height / _FLOAT if box.item_type == "rsc" else None,
        sheet_length / _FLOAT, sheet_width / _FLOAT, sheet_length / _INCH, sheet_width / _INCH, has_extra_flap,
        kilograms / _KG, weights, burst / (2000 * _FLOAT_TWO), ect / _FLOAT_TWO, box.board_thickness_mm / _FLOAT,
        perimeter / _FLOAT, newtons, newtons / NEWTONS_PER_KGF,
        *_costs(box, sizes, paper, share, conversion),
    )  # fmt: skip


def mckee(ect: float, thickness_mm: float, perimeter_mm: float) -> float:
    """Box compression in newtons (McKee, simplified), of ECT in N/mm = kN/m."""
    return 5.87 * ect * sqrt(thickness_mm * perimeter_mm)


def _costs(box: Box, sizes: Blank, paper: int, share: int, conversion: int) -> tuple[int, ...]:
    """Paper, printing, lamination, varnish, die, punching, conversion and all together per box, and the total value.

    cost = (paper + printing + lamination + varnish + die + punching) × (1 + markup) + conversion. `paper` is a count of
    1 / (_MONEY × share), `conversion` of 1 / _MONEY.
    """
    quantity, markup = box.quantity, _HUNDRED + box.markup_percent
    printing = box.cost_per_print * max(quantity, box.print_moq) + box.plate_cost  # of all boxes, like the die
    lamination = _lamination(box, sizes)
    varnish, die, punching = box.varnish_cost, box.die_development_charge, box.punching_cost
    cost, each = paper * markup + conversion * share * _HUNDRED, _MONEY * share * _HUNDRED
    if printing or lamination or varnish or die or punching:
        added = (printing + die + (varnish + punching) * quantity) * _TWO * _LAMINATION + lamination * quantity
        per = quantity * _THREE * _LAMINATION
        cost, each = cost * per + added * markup * _MONEY * share, each * per
    return (
        half_up(paper, _COST * share),
        half_up(printing, _AMOUNT * quantity), half_up(lamination, _THREE // TRILLION * _LAMINATION),
        half_up(varnish, _AMOUNT), half_up(die, _AMOUNT * quantity), half_up(punching, _AMOUNT),
        half_up(conversion, _COST), half_up(cost * TRILLION, each), half_up(cost * quantity * 100, each),
    )  # fmt: skip


def _lamination(box: Box, sizes: Blank) -> int:
    """Count of 1 / (ONE³ × _LAMINATION) per box: on the given inches, else on the blank."""
    if not box.lamination_rate:
        return 0
    if box.lamination_size is None:
        return sizes.sheet_length * sizes.sheet_width * box.lamination_rate * 100
    length, width = box.lamination_size
    return length * width * box.lamination_rate * 64516
