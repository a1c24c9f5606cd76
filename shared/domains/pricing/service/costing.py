"""Pricing boxes: what is left out is filled in, then the rules compute."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from shared.core.call import Call
from shared.core.errors import Invalid
from shared.domains.pricing import queries
from shared.domains.pricing.errors import LayerPriceMissing
from shared.domains.pricing.rules import box as defaults
from shared.domains.pricing.rules import flutes
from shared.domains.pricing.rules.box import Box, Layer
from shared.domains.pricing.rules.costing import RULE_VERSION, Costing, price
from shared.domains.pricing.rules.numbers import ONE, exact
from shared.domains.pricing.rules.paper import PaperPrices, PaperRules, paper_rate
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
    RefusedRow,
)

T = TypeVar("T")

LARGEST_COST, LARGEST_VALUE = 10**24, 10**16  # in 10^-12 and 10^-2: what the database can keep


class PricedBox(NamedTuple):
    """`inputs` is the box with every default, factor and rate written out: pricing it again gives the same costing."""

    costing: BoxOut
    inputs: BoxIn


def price_one(call: Call, given: BoxIn) -> BoxOut:
    """Nothing is stored. 422 `paper-price-missing` where a layer has neither a rate nor a paper price."""
    return price_box(given, settings_from(queries.settings(call.connection).settings)).costing


def price_many(call: Call, given: BoxesIn) -> BoxesOut:
    """Every row that can be priced, and for each other one what is wrong with it."""
    settings = settings_from(queries.settings(call.connection).settings)
    priced, refused = [], []
    for index, row in enumerate(given.items):
        try:
            costing = price_box(read_box(row), settings).costing
            priced.append(PricedRow(index=index, costing=costing))
        except Invalid as problem:
            faults = [Fault(pointer=f"#/items/{index}{fault.pointer[1:]}", detail=fault.detail) for fault in faults_of(problem)]
            refused.append(RefusedRow(index=index, errors=faults))
    return BoxesOut(items=priced, refused=refused)


def faults_of(problem: Invalid) -> list[Fault]:
    """Pointer and text of each wrong input."""
    errors = problem.facts["errors"]
    return [Fault.model_validate(error) for error in errors] if isinstance(errors, Sequence) else []
