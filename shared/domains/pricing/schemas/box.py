"""A box to price, and what it costs."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation
from pydantic.config import JsonDict

from shared.core.fields import PLAIN, Input, Shape, line
from shared.core.money import Money
from shared.domains.pricing.rules.box import (
    MAX_LENGTH_MM,
    InputUnit,
    ItemType,
    MeasuredOn,
    OdHeightRule,
    PaperCostMethod,
)
from shared.domains.pricing.rules.numbers import Count
from shared.domains.pricing.schemas.numbers import Amount, Between, BurstFactor, Grammage, Length, PerKg, Ply, Quantity

Shade = Annotated[str, line(60), Field(examples=["Kraft/Natural"])]

EXAMPLE: JsonDict = {
    "ply": 3, "length": 400, "width": 300, "height": 200, "quantity": 500,
    "layers": [
        {"gsm": 180, "bf": 24, "rct_value": 1.6, "shade": "Golden Kraft", "rate": "39.50"},
        {"gsm": 150, "bf": 18, "rct_value": 1.1, "shade": "Kraft/Natural", "rate": "35"},
        {"gsm": 180, "bf": 24, "rct_value": 1.6, "shade": "Golden Kraft"},
    ],
}  # fmt: skip


class LayerIn(Input):
    """A paper. The tenant's paper prices give a `rate` that is left out, his flutes a `fluting_factor`."""

    layer_type: Literal["liner", "flute"] | None = None
    gsm: Grammage
    bf: BurstFactor
    fluting_factor: Annotated[Count, Between(10)] | None = Field(None, description="only of flutes; a liner's is 1")
    rct_value: Annotated[Count, Between(1_000)] | None = Field(None, description="kN/m; 0")
    shade: Shade | None = None
    rate: PerKg | None = Field(None, description="₹ per kg")


class PrintingIn(Input):
    cost_per_print: Amount | None = None
    plate_cost: Amount | None = None
    moq: Annotated[int, Field(ge=0, le=10_000_000), PLAIN] | None = None


class LaminationIn(Input):
    """On the blank, unless both sizes are given."""

    rate_per_100_sq_in: Amount | None = None
    custom_length_in: Length | None = None
    custom_width_in: Length | None = None


class ManufacturingIn(Input):
    printing: PrintingIn | None = None
    lamination: LaminationIn | None = None
    varnish_cost: Amount | None = None
    die_development_charge: Amount | None = None
    punching_cost: Amount | None = None


class BoxIn(Input):
    """A box to price. null means left out (but see `max_length_threshold_mm`), 0 is 0."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    item_type: ItemType | None = Field(None, description="`rsc` (FEFCO 0201) or a flat `sheet`; rsc")
    ply: Ply
    flute_combination: Annotated[str, Shape("^[A-Za-z]{0,4}$", 4, "Give a letter per flute, like BC.")] | None = Field(
        None, description="none, B, BC, BCE or BBCE by ply", examples=["BC"]
    )
    input_unit: InputUnit | None = Field(None, description="of length, width and height; mm")
    measured_on: MeasuredOn | None = Field(None, description="inside or outside; ID")
    od_height_rule: OdHeightRule | None = Field(None, description="boards that OD takes off the height; one")
    ply_thickness_mm: Length | None = Field(None, description="that OD takes off; 0.45, 3, 5, 7 or 11 by ply")
    length: Length
    width: Length
    height: Length | None = Field(None, description="of an rsc; ignored for a sheet")
    glue_flap_mm: Length | None = Field(None, description="50, 45, 50, 60 or 70 by ply")
    deckle_allowance_mm: Length | None = Field(None, description="30, 25, 30, 35 or 40 by ply")
    sheet_allowance_mm: Length | None = Field(None, description="of a sheet; 10")
    max_length_threshold_mm: Annotated[Count, Between(1_000_000)] | None = Field(
        MAX_LENGTH_MM, description="a longer blank is made of two pieces; null or 0: no check; left out: 1500"
    )
    layers: Annotated[list[LayerIn], Field(max_length=9, description="as many as `ply`, outside first")]
    board_thickness_mm: Length | None = Field(None, description="the sum of the flutes")
    manufacturing: ManufacturingIn | None = None
    conversion_rate_per_kg: PerKg | None = Field(None, description="₹ per kg; 15")
    markup_percent: Annotated[Count, Between(10_000)] | None = Field(None, description="not on conversion; 15")
    quantity: Quantity | None = Field(None, description="1000")
    paper_cost_method: PaperCostMethod | None = Field(None, description="rates by layer, or their mean; layerwise")


class BoxOut(BaseModel):
    """Money per box has up to 12 decimals, the total value 2."""

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
    ect: float = Field(description="kN/m")
    board_thickness_mm: float
    box_perimeter_mm: float
    bct_newton: float
    bct_kgf: float
    paper_cost: Money
    printing_cost: Money
    lamination_cost: Money
    varnish_cost: Money
    die_cost: Money
    punching_cost: Money
    conversion_cost: Money
    total_cost_per_box: Money
    total_value: Money
    currency: str
    rule_version: str


class BoxesIn(Input):
    """Each row is judged alone, so that a wrong one does not lose the others."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [EXAMPLE]}]})

    items: Annotated[list[Annotated[BoxIn, SkipValidation]], Field(min_length=1, max_length=2000)]


class PricedRow(BaseModel):
    index: int
    costing: BoxOut


class Fault(BaseModel):
    pointer: str
    detail: str


class RefusedBox(BaseModel):
    index: int
    errors: list[Fault]


class BoxesOut(BaseModel):
    items: list[PricedRow]
    refused: list[RefusedBox]
