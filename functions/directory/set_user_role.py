"""Give a user another role in the tenant.

It ends the user's sessions, and API keys of the user's that may do more than the new role. A tenant keeps an owner.
"""

from uuid import UUID

from shared.domains.directory.errors import UserNotFound
from shared.domains.directory.schemas import DirectoryUserDetail, UserRole
from shared.domains.directory.service import standing
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_users", step_up=True, problems=(standing.LastOwner, UserNotFound))


@api.put("/api/admin/users/{user_id}/role")
def set_user_role(user_id: UUID, given: UserRole) -> DirectoryUserDetail:
    return standing.set_role(api.call, user_id, given.role)


handler = api.handler
