"""The tenant's rules: adjustments by GSM and by the market."""

from shared.domains.pricing.schemas.settings import Rules
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:read")


@api.get("/api/pricing/rules")
def get_rules() -> Rules:
    return settings.get_rules(api.call)


handler = api.handler
