"""Change an entry of the addresses that admins may come from: its network, its label, or whether it counts.

A change that would keep its author out from where he is, is refused.
"""

from uuid import UUID

from shared.domains.admins.errors import AddressListed, AllowedAddressNotFound, WouldLockYouOut
from shared.domains.admins.schemas.addresses import AllowedAddress, AllowedAddressChanges
from shared.domains.admins.service import allow_list
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_ip_whitelist",
    step_up=True,
    problems=(AddressListed, WouldLockYouOut, AllowedAddressNotFound),
)


@api.patch("/api/admin/ip-whitelist/{entry_id}")
def change_allowed_address(entry_id: UUID, given: AllowedAddressChanges) -> AllowedAddress:
    return allow_list.change_address(api.call, entry_id, given)


handler = api.handler
