"""List the API keys of the tenant, newest first, without the revoked ones."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.members.schemas import Key
from shared.domains.members.service import keys
from shared.entry.http import Api

api = Api(scope="keys:read")


@api.get("/api/api-keys")
def list_api_keys(limit: Limit = 20, cursor: Cursor | None = None) -> Page[Key]:
    return keys.list_keys(api.call, limit, cursor)


handler = api.handler
