"""Save one flute or many: take-up factor and height by letter."""

from shared.domains.pricing.schemas.settings import Fluting, FlutingsIn, Saved
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:write")


@api.post("/api/settings/fluting")
def save_flutings(given: FlutingsIn) -> Fluting | Saved[Fluting]:
    return settings.save_flutings(api.call, given)


handler = api.handler
