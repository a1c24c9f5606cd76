"""What other domains may use of pricing."""

from shared.domains.pricing.errors import LayerPriceMissing, RateNegative
from shared.domains.pricing.rules.flutes import DEFAULTS as USUAL_FLUTES
from shared.domains.pricing.schemas.box import BoxIn, BoxOut
from shared.domains.pricing.service.costing import PricedBox, faults, price_box
from shared.domains.pricing.service.settings import set_up, settings_from

__all__ = [
    "USUAL_FLUTES",
    "BoxIn",
    "BoxOut",
    "LayerPriceMissing",
    "PricedBox",
    "RateNegative",
    "faults",
    "price_box",
    "set_up",
    "settings_from",
]
