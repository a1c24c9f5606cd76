"""Disable a user, who is out at once and cannot sign in until enabled again.

Sessions end, API keys are refused meanwhile, and a mail tells the user the reason.
"""

from uuid import UUID

from shared.domains.directory.errors import UserAlreadyDisabled, UserNotFound
from shared.domains.directory.schemas import DirectoryUserDetail, Disabling
from shared.domains.directory.service import standing
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_users", needs=("outbox",), problems=(UserAlreadyDisabled, UserNotFound))


@api.post("/api/admin/users/{user_id}/disable")
def disable_user(user_id: UUID, given: Disabling = Disabling()) -> DirectoryUserDetail:  # noqa: B008
    return standing.disable_user(api.call, user_id, given.reason)


handler = api.handler
