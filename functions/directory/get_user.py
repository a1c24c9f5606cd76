"""One user with the tenant, how both stand, and whether there is a second factor."""

from uuid import UUID

from shared.domains.directory.errors import UserNotFound
from shared.domains.directory.schemas import DirectoryUserDetail
from shared.domains.directory.service import users
from shared.entry.http import Api

api = Api(audience="admin", permission="view_user_profile", problems=(UserNotFound,))


@api.get("/api/admin/users/{user_id}")
def get_user(user_id: UUID) -> DirectoryUserDetail:
    return users.get_user(api.call, user_id)


handler = api.handler
