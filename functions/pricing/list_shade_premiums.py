"""The tenant's premiums per kg by shade of paper."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.pricing.schemas.settings import ShadePremium
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:read")


@api.get("/api/pricing/shade-premiums")
def list_shade_premiums(limit: Limit = 20, cursor: Cursor | None = None) -> Page[ShadePremium]:
    return settings.list_shade_premiums(api.call, limit, cursor)


handler = api.handler
