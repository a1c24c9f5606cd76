"""Save one premium or many: money per kg by shade of paper."""

from shared.domains.pricing.schemas.settings import Saved, ShadePremium, ShadePremiumsIn
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:write")


@api.post("/api/pricing/shade-premiums")
def save_shade_premiums(given: ShadePremiumsIn) -> ShadePremium | Saved[ShadePremium]:
    return settings.save_shade_premiums(api.call, given)


handler = api.handler
