"""Enable a disabled user: signing in and API keys work again."""

from uuid import UUID

from shared.domains.directory.errors import UserNotDisabled, UserNotFound
from shared.domains.directory.schemas import DirectoryUserDetail
from shared.domains.directory.service import standing
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_users", needs=("outbox",), problems=(UserNotDisabled, UserNotFound))


@api.post("/api/admin/users/{user_id}/enable")
def enable_user(user_id: UUID) -> DirectoryUserDetail:
    return standing.enable_user(api.call, user_id)


handler = api.handler
