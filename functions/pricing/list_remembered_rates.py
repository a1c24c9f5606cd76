"""The paper rates that the tenant had remembered."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.pricing.schemas.settings import RememberedRate
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:read", approved=True)


@api.get("/api/rate-memory")
def list_remembered_rates(limit: Limit = 20, cursor: Cursor | None = None) -> Page[RememberedRate]:
    return settings.list_remembered_rates(api.call, limit, cursor)


handler = api.handler
