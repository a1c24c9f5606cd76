"""Let admins come from an address or network: one admin, or everybody.

The first entry about an admin keeps him out from everywhere else, at once. One that would keep its author out from
where he is, is refused.
"""

from shared.domains.admins.errors import AddressListed, AdminNotFound, WouldLockYouOut
from shared.domains.admins.schemas.addresses import AllowedAddress, NewAllowedAddress
from shared.domains.admins.service import allow_list
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_ip_whitelist",
    step_up=True,
    problems=(AddressListed, WouldLockYouOut, AdminNotFound),
)


@api.post("/api/admin/ip-whitelist", status=201)
def add_allowed_address(given: NewAllowedAddress) -> AllowedAddress:
    return allow_list.add_address(api.call, given)


handler = api.handler
