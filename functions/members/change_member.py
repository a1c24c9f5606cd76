"""Give another member another role.

It ends the member's sessions, and API keys of the member's that may do more than the new role. Only an owner makes and
unmakes owners.
"""

from uuid import UUID

from shared.domains.members.errors import LastOwner, MemberNotFound, OwnersOnly, OwnRole
from shared.domains.members.schemas import Member, RoleChange
from shared.domains.members.service import members
from shared.entry.http import Api

api = Api(
    scope="members:write",
    impersonation="never",
    step_up=True,
    problems=(OwnRole, OwnersOnly, LastOwner, MemberNotFound),
)


@api.patch("/api/tenant/members/{user_id}")
def change_member(user_id: UUID, given: RoleChange) -> Member:
    return members.change_role(api.call, user_id, given)


handler = api.handler
