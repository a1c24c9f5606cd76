"""Save the rules: adjustments by GSM and by the market."""

from shared.domains.pricing.schemas.settings import Rules, RulesIn
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:write")


@api.post("/api/pricing/rules")
def save_rules(given: RulesIn) -> Rules:
    return settings.save_rules(api.call, given)


handler = api.handler
