"""What other domains may use of pricing."""

from shared.domains.pricing.errors import LayerPriceMissing
from shared.domains.pricing.rules.flutes import DEFAULTS as USUAL_FLUTES
from shared.domains.pricing.rules.paper import abbreviation, paper_spec
from shared.domains.pricing.rules.settings import PricingSettings
from shared.domains.pricing.schemas.box import BoxIn, BoxOut
from shared.domains.pricing.service.costing import PricedBox, faults, price_box, read_box
from shared.domains.pricing.service.settings import read_settings, set_up, settings_from

__all__ = [
    "USUAL_FLUTES",
    "BoxIn",
    "BoxOut",
    "LayerPriceMissing",
    "PricedBox",
    "PricingSettings",
    "abbreviation",
    "faults",
    "paper_spec",
    "price_box",
    "read_box",
    "read_settings",
    "set_up",
    "settings_from",
]
