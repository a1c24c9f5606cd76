"""Pricing boxes: what is left out is filled in, then the rules compute."""

from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import ValidationError

from shared.core.errors import Invalid
from shared.domains.pricing.errors import LayerPriceMissing, RateNegative
from shared.domains.pricing.rules import box as usual
from shared.domains.pricing.rules.box import Box, Layer, Manufacturing
from shared.domains.pricing.rules.costing import COSTS, COUNTS, NEWTONS_PER_KGF, RULE_VERSION, Costing, price
from shared.domains.pricing.rules.flutes import board_thickness, flute
from shared.domains.pricing.rules.numbers import ONE, TRILLION, Count, plain
from shared.domains.pricing.rules.paper import paper_rate
from shared.domains.pricing.rules.settings import PricingSettings
from shared.domains.pricing.schemas.box import (
    BoxesIn,
    BoxesOut,
    BoxIn,
    BoxOut,
    Fault,
    LaminationIn,
    LayerIn,
    ManufacturingIn,
    PricedRow,
    PrintingIn,
    RefusedBox,
)

NO_PRINTING, NO_LAMINATION = PrintingIn(), LaminationIn()
INCH = 254 * ONE  # ten of them, in mm
MOST_FAULTS = 10_000  # of all rows, which must fit into an answer; from then on one a row
FIGURES = COUNTS.keys() - {*COSTS, "total_value", "inner_height_mm", "layer_weights_kg"}
LARGEST_COST, LARGEST_VALUE = 10**12 * TRILLION, 10**16 * 100  # what the database keeps of a unit cost and an amount


class PricedBox(NamedTuple):
    """`inputs` is the box with nothing left out, as JSON: pricing that again gives the same costing."""

    costing: BoxOut
    inputs: dict[str, Any]


def price_box(given: BoxIn, settings: PricingSettings) -> PricedBox:
    """Invalid with a pointer for each input that is wrong; LayerPriceMissing where paper has neither rate nor price."""
    box = _complete(given, settings)
    return PricedBox(_published(price(box), settings.currency), _written_out(box))


def price_boxes(given: BoxesIn, settings: PricingSettings) -> BoxesOut:
    """Every row that can be priced, and for each other one what is wrong with it."""
    priced, refused, left = [], [], MOST_FAULTS
    for index, row in enumerate(given.items):
        try:
            costing = _published(price(_complete(_read_box(row), settings)), settings.currency)
            priced.append(PricedRow(index=index, costing=costing))
        except Invalid as problem:
            wrong = faults(problem)[: max(left, 1)]
            left -= len(wrong)
            errors = [Fault(pointer=f"#/items/{index}{at[1:]}", detail=detail) for at, detail in wrong]
            refused.append(RefusedBox(index=index, errors=errors))
    return BoxesOut(items=priced, refused=refused)


def _read_box(value: object) -> BoxIn:
    """The box of a row, which nobody has judged before. Invalid with a pointer for each input that is wrong."""
    try:
        return BoxIn.model_validate(value)
    except ValidationError as error:
        raise _invalid(
            Invalid,
            [
                (_pointer(wrong["loc"]), wrong["msg"])
                for wrong in error.errors(include_context=False, include_input=False)
            ],
        ) from None


def _pointer(steps: tuple[int | str, ...]) -> str:
    return "/".join(["#", *(str(step).replace("~", "~0").replace("/", "~1") for step in steps)])


def faults(problem: Invalid) -> list[tuple[str, str]]:
    """Pointer and text of each input that a problem names."""
    errors: Any = problem.facts.get("errors", [])
    return [(error["pointer"], error["detail"]) for error in errors]


def _complete(given: BoxIn, settings: PricingSettings) -> Box:
    """The box with the usual values, and the tenant's rates and factors, where it says nothing."""
    ply, item_type = given.ply, given.item_type or "rsc"
    if len(given.layers) != ply:
        raise Invalid.at("#/layers", f"a board of {ply} ply has {ply} layers, not {len(given.layers)}")
    if item_type == "rsc" and given.height is None:
        raise Invalid.at("#/height", "a box has a height; only a sheet has none")
    letters = _letters(given)
    return Box(
        item_type=item_type,
        ply=ply,
        flute_combination=letters,
        input_unit=given.input_unit or "mm",
        measured_on=given.measured_on or "ID",
        od_height_rule=given.od_height_rule or "one",
        ply_thickness_mm=_or(given.ply_thickness_mm, usual.THICKNESS_MM[ply]),
        length=given.length,
        width=given.width,
        height=given.height or 0,
        glue_flap_mm=_or(given.glue_flap_mm, usual.GLUE_FLAP_MM[ply]),
        deckle_allowance_mm=_or(given.deckle_allowance_mm, usual.DECKLE_MM[ply]),
        sheet_allowance_mm=_or(given.sheet_allowance_mm, usual.SHEET_ALLOWANCE_MM),
        max_length_threshold_mm=given.max_length_threshold_mm or 0,
        layers=_layers(given, letters, settings),
        board_thickness_mm=_or(given.board_thickness_mm, board_thickness(letters, settings.flutes)),
        manufacturing=_manufacturing(given.manufacturing),
        conversion_rate_per_kg=_or(given.conversion_rate_per_kg, usual.CONVERSION_RATE),
        markup_percent=_or(given.markup_percent, usual.MARKUP_PERCENT),
        quantity=given.quantity or usual.QUANTITY,
        paper_cost_method=given.paper_cost_method or "layerwise",
    )


def _or(value: Count | None, otherwise: Count) -> Count:
    return otherwise if value is None else value


def _letters(given: BoxIn) -> str:
    """The flute combination; it must fit the ply where the thickness or a factor is taken from it."""
    flutes = given.layers[1::2]
    letters = (given.flute_combination or usual.COMBINATION[given.ply]).upper()
    used = given.board_thickness_mm is None or any(layer.fluting_factor is None for layer in flutes)
    if used and len(letters) != len(flutes):
        detail = f"a board of {given.ply} ply has {len(flutes)} flutes, so name {len(flutes)} letters"
        raise Invalid.at("#/flute_combination", detail)
    return letters


def _layers(given: BoxIn, letters: str, settings: PricingSettings) -> list[Layer]:
    layers = []
    unpriced: list[tuple[str, str]] = []
    negative: list[tuple[str, str]] = []
    for index, layer in enumerate(given.layers):
        is_flute = index % 2 == 1
        if layer.layer_type is not None and (layer.layer_type == "flute") != is_flute:
            raise Invalid.at(f"#/layers/{index}/layer_type", "liners and flutes alternate, and the first is a liner")
        factor = layer.fluting_factor if is_flute else ONE
        if factor is None:
            factor = flute(letters[index // 2], settings.flutes).factor
        rate = _rate(layer, settings)
        if rate is None:
            text = f"no price is set for BF {plain(layer.bf)}: give a rate, or set a price"
            unpriced.append((f"#/layers/{index}/rate", text))
            continue
        if rate < 0:
            text = f"the rate for BF {plain(layer.bf)} is negative: look at its premiums and the market adjustment"
            negative.append((f"#/layers/{index}/rate", text))
            continue
        rct, shade = layer.rct_value or 0, layer.shade or ""
        layers.append(Layer(is_flute, layer.gsm, layer.bf, factor, rct, shade, rate))
    if unpriced:
        raise _invalid(LayerPriceMissing, unpriced)
    if negative:
        raise _invalid(RateNegative, negative)
    return layers


def _manufacturing(given: ManufacturingIn | None) -> Manufacturing | None:
    if given is None:
        return None
    printing, lamination = given.printing or NO_PRINTING, given.lamination or NO_LAMINATION
    length, width = lamination.custom_length_in, lamination.custom_width_in
    return Manufacturing(
        cost_per_print=printing.cost_per_print or 0,
        plate_cost=printing.plate_cost or 0,
        print_moq=printing.moq or 0,
        lamination_rate=lamination.rate_per_100_sq_in or 0,
        lamination_size=None if length is None or width is None else (length, width),
        varnish_cost=given.varnish_cost or 0,
        die_development_charge=given.die_development_charge or 0,
        punching_cost=given.punching_cost or 0,
    )


def _rate(layer: LayerIn, settings: PricingSettings) -> Count | None:
    if layer.rate is not None:
        return layer.rate
    found = paper_rate(settings.paper, layer.bf, layer.gsm, layer.shade or "")
    return found.rate if found else None


def _invalid(kind: type[Invalid], wrong: list[tuple[str, str]]) -> Invalid:
    errors = [{"pointer": pointer, "detail": detail} for pointer, detail in wrong]
    return kind(f"{len(errors)} input(s) to correct: see errors", errors=errors)


def _published(costing: Costing, currency: str) -> BoxOut:
    """Money as decimals, everything else as the nearest floats. Invalid for amounts beyond what can be kept."""
    if costing.total_cost_per_box >= LARGEST_COST or costing.total_value >= LARGEST_VALUE:
        raise Invalid.at("#", "this costs more than can be kept: are all units right?")
    fields: dict[str, Any] = costing._asdict()
    fields |= {name: Decimal(fields[name]).scaleb(-12) for name in COSTS}
    fields |= {name: float(fields[name] / COUNTS[name]) for name in FIGURES}
    height = costing.inner_height_mm
    return BoxOut(
        **fields
        | {
            "total_value": Decimal(costing.total_value).scaleb(-2),
            "inner_height_mm": None if height is None else float(height / ONE),
            "layer_weights_kg": [float(weight / COUNTS["layer_weights_kg"]) for weight in costing.layer_weights_kg],
        },
        sheet_length_in=float(costing.sheet_length_mm * 10 / INCH),
        sheet_width_in=float(costing.sheet_width_mm * 10 / INCH),
        bct_kgf=costing.bct_newton / NEWTONS_PER_KGF,
        currency=currency,
        rule_version=RULE_VERSION,
    )


def _written_out(box: Box) -> dict[str, Any]:
    """The inputs of a box as JSON, under the names of BoxIn and with nothing left out."""
    fields = {name: getattr(box, name) for name in BoxIn.model_fields}
    fields["layers"] = [LayerIn.model_construct(**layer._asdict()) for layer in box.layers]
    if made := box.manufacturing:
        length, width = made.lamination_size or (None, None)
        fields["manufacturing"] = ManufacturingIn.model_construct(
            printing=PrintingIn.model_construct(
                cost_per_print=made.cost_per_print, plate_cost=made.plate_cost, moq=made.print_moq
            ),
            lamination=LaminationIn.model_construct(
                rate_per_100_sq_in=made.lamination_rate, custom_length_in=length, custom_width_in=width
            ),
            varnish_cost=made.varnish_cost,
            die_development_charge=made.die_development_charge,
            punching_cost=made.punching_cost,
        )
    return BoxIn.model_construct(**fields).model_dump(mode="json")
