"""The addresses that admins may come from; without any entry about an admin, every address."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.admins.schemas.addresses import AllowedAddress
from shared.domains.admins.service import allow_list
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_ip_whitelist")


@api.get("/api/admin/ip-whitelist")
def list_allowed_addresses(limit: Limit = 20, cursor: Cursor | None = None) -> Page[AllowedAddress]:
    return allow_list.list_addresses(api.call, limit=limit, cursor=cursor)


handler = api.handler
