"""A box with nothing left out, what is assumed where its maker says nothing, and the blank it is cut from."""

from typing import Literal, NamedTuple

from shared.core.errors import Invalid
from shared.domains.pricing.rules.numbers import ONE, exact, plain

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
    """A paper of the board. `fluting_factor` is 1 for a liner; `rct_value` in kN/m, `rate` in ₹ per kg."""

    is_flute: bool
    gsm: int
    bf: int
    fluting_factor: int
    rct_value: int
    shade: str
    rate: int


class Box(NamedTuple):
    """All numbers but ply, quantity and print_moq are exact counts; sizes in `input_unit`, the rest as named."""

    item_type: ItemType
    ply: int
    flute_combination: str
    input_unit: InputUnit
    measured_on: MeasuredOn
    od_height_rule: OdHeightRule
    ply_thickness_mm: int
    length: int
    width: int
    height: int
    glue_flap_mm: int
    deckle_allowance_mm: int
    sheet_allowance_mm: int
    max_length_threshold_mm: int  # 0: no check
    layers: tuple[Layer, ...]
    board_thickness_mm: int
    cost_per_print: int
    plate_cost: int
    print_moq: int
    lamination_rate: int  # per 100 square inches
    lamination_size: tuple[int, int] | None  # inches; None: the blank's
    varnish_cost: int
    die_development_charge: int
    punching_cost: int
    conversion_rate_per_kg: int
    markup_percent: int
    quantity: int
    paper_cost_method: PaperCostMethod


class Blank(NamedTuple):
    """Inner sizes and the size of the sheet, in mm."""

    length: int
    width: int
    height: int
    sheet_length: int
    sheet_width: int
    has_extra_flap: bool


def blank(box: Box) -> Blank:
    """FEFCO 0201: 2(L + W) + flap by W + H + deckle; a sheet: its sizes plus the allowance.

    A box longer than the threshold is made of two pieces and takes a second flap. 422 where no inner size is left.
    """
    length, width, height = box.length, box.width, box.height
    if box.input_unit == "inches":
        length, width, height = length * 254 // 10, width * 254 // 10, height * 254 // 10  # exact: see numbers.exact
    is_sheet = box.item_type == "sheet"
    if box.measured_on == "OD" and not is_sheet:
        thickness = box.ply_thickness_mm
        length, width = length - 2 * thickness, width - 2 * thickness
        height -= thickness if box.od_height_rule == "one" else 4 * thickness
    _refuse_nothing(length=length, width=width, height=1 if is_sheet else height)
    if is_sheet:
        return Blank(length, width, 0, length + box.sheet_allowance_mm, width + box.sheet_allowance_mm, False)
    sheet_length = 2 * (length + width) + box.glue_flap_mm
    sheet_width = width + height + box.deckle_allowance_mm
    has_extra_flap = 0 < box.max_length_threshold_mm < sheet_length
    if has_extra_flap:
        sheet_length += EXTRA_FLAP_MM[box.ply]
    return Blank(length, width, height, sheet_length, sheet_width, has_extra_flap)


def _refuse_nothing(**inner_sizes: int) -> None:
    for name, size in inner_sizes.items():
        if size <= 0:
            raise Invalid.at(f"#/{name}", f"the inner {name} must be more than 0, and is {plain(size)} mm")
