"""What a tenant has set for its prices, and what fills the gaps of a box."""

from collections.abc import Mapping
from typing import NamedTuple

from shared.domains.pricing.rules.flutes import Flute
from shared.domains.pricing.rules.paper import PaperPrices


class PricingSettings(NamedTuple):
    """`currency` is that of every rate and cost; `flutes` are the tenant's own, by letter."""

    currency: str
    flutes: Mapping[str, Flute]
    paper: PaperPrices
