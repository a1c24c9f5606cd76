"""Take an address or network off the list that admins may come from.

Where that would keep its author out from where he is, it is refused. Without any entry an admin comes from everywhere.
"""

from uuid import UUID

from shared.domains.admins.errors import AllowedAddressNotFound, WouldLockYouOut
from shared.domains.admins.service import allow_list
from shared.entry.http import Api

api = Api(
    audience="admin", permission="manage_ip_whitelist", step_up=True, problems=(WouldLockYouOut, AllowedAddressNotFound)
)


@api.delete("/api/admin/ip-whitelist/{entry_id}")
def remove_allowed_address(entry_id: UUID) -> None:
    allow_list.remove_address(api.call, entry_id)


handler = api.handler
