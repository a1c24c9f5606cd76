"""The tenant's flutes: take-up factor and height by letter."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.pricing.schemas.settings import Fluting
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:read")


@api.get("/api/settings/fluting")
def list_flutings(limit: Limit = 20, cursor: Cursor | None = None) -> Page[Fluting]:
    return settings.list_flutings(api.call, limit, cursor)


handler = api.handler
