"""A box, what is assumed where its maker says nothing, and the blank it is cut from."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from shared.core.errors import Invalid
from shared.domains.pricing.rules.numbers import ONE, Count, exact, millimetres, plain

GLUE_FLAP_MM = {1: 50 * ONE, 3: 45 * ONE, 5: 50 * ONE, 7: 60 * ONE, 9: 70 * ONE}  # by ply
DECKLE_MM = {1: 30 * ONE, 3: 25 * ONE, 5: 30 * ONE, 7: 35 * ONE, 9: 40 * ONE}
THICKNESS_MM = {1: exact("0.45"), 3: 3 * ONE, 5: 5 * ONE, 7: 7 * ONE, 9: 11 * ONE}
COMBINATION = {1: "", 3: "B", 5: "BC", 7: "BCE", 9: "BBCE"}
EXTRA_FLAP_MM = {1: 50 * ONE, 3: 50 * ONE, 5: 60 * ONE, 7: 70 * ONE, 9: 80 * ONE}
SHEET_ALLOWANCE_MM = 10 * ONE
MAX_LENGTH_MM = 1500 * ONE
CONVERSION_RATE = 15 * ONE  # ₹ per kg of board
MARKUP_PERCENT = 15 * ONE
QUANTITY = 1000

ItemType = Literal["rsc", "sheet"]
InputUnit = Literal["mm", "inches"]
MeasuredOn = Literal["ID", "OD"]
PaperCostMethod = Literal["layerwise", "mean"]
OdHeightRule = Literal["one", "four"]


class Layer(NamedTuple):
    """A paper of the board. `fluting_factor` is 1 for a liner; `rct_value` in kN/m, `rate` in money per kg."""

    is_flute: bool
    gsm: Count
    bf: Count
    fluting_factor: Count
    rct_value: Count
    shade: str
    rate: Count


class Manufacturing(NamedTuple):
    """Printing, lamination and so on. Plates and the die are paid once an order, the rest for each box."""

    cost_per_print: Count
    plate_cost: Count
    print_moq: int
    lamination_rate: Count  # per 100 square inches
    lamination_size: tuple[Count, Count] | None  # inches; None: the blank's
    varnish_cost: Count
    die_development_charge: Count
    punching_cost: Count


@dataclass(slots=True)
class Box:
    """A box with nothing left out. Sizes are counts in `input_unit`, other numbers but ply and quantity as named."""

    item_type: ItemType
    ply: int
    flute_combination: str
    input_unit: InputUnit
    measured_on: MeasuredOn
    od_height_rule: OdHeightRule
    ply_thickness_mm: Count
    length: Count
    width: Count
    height: Count
    glue_flap_mm: Count
    deckle_allowance_mm: Count
    sheet_allowance_mm: Count
    max_length_threshold_mm: Count  # 0: no check
    layers: list[Layer]
    board_thickness_mm: Count
    manufacturing: Manufacturing | None
    conversion_rate_per_kg: Count
    markup_percent: Count
    quantity: int
    paper_cost_method: PaperCostMethod


class Blank(NamedTuple):
    """Inner sizes and the size of the sheet, in mm."""

    length: Count
    width: Count
    height: Count
    sheet_length: Count
    sheet_width: Count
    has_extra_flap: bool


def blank(box: Box) -> Blank:
    """FEFCO 0201: 2(L + W) + flap by W + H + deckle; a sheet: its sizes plus the allowance.

    A box longer than the threshold is made of two pieces and takes a second flap. 422 where no inner size is left.
    """
    length, width, height = box.length, box.width, box.height
    if box.input_unit == "inches":
        length, width, height = millimetres(length), millimetres(width), millimetres(height)
    is_sheet = box.item_type == "sheet"
    if box.measured_on == "OD" and not is_sheet:
        thickness = box.ply_thickness_mm
        length, width = length - 2 * thickness, width - 2 * thickness
        height -= thickness if box.od_height_rule == "one" else 4 * thickness
    if length <= 0 or width <= 0 or (height <= 0 and not is_sheet):
        raise _nothing_left(length=length, width=width, height=height)
    if is_sheet:
        return Blank(length, width, 0, length + box.sheet_allowance_mm, width + box.sheet_allowance_mm, False)
    sheet_length = 2 * (length + width) + box.glue_flap_mm
    sheet_width = width + height + box.deckle_allowance_mm
    has_extra_flap = 0 < box.max_length_threshold_mm < sheet_length
    if has_extra_flap:
        sheet_length += EXTRA_FLAP_MM[box.ply]
    return Blank(length, width, height, sheet_length, sheet_width, has_extra_flap)


def _nothing_left(**inner_sizes: Count) -> Invalid:
    name, size = next((name, size) for name, size in inner_sizes.items() if size <= 0)
    return Invalid.at(f"#/{name}", f"the inner {name} must be more than 0, and is {plain(size)} mm")
