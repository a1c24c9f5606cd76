"""Remember a paper rate, or many, by burst factor and shade."""

from shared.domains.pricing.schemas.settings import RememberedRate, RememberedRatesIn, Saved
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:write", approved=True)


@api.post("/api/rate-memory")
def save_remembered_rates(given: RememberedRatesIn) -> RememberedRate | Saved[RememberedRate]:
    return settings.save_remembered_rates(api.call, given)


handler = api.handler
