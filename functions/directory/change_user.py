"""Correct a user's name, phone number, language or e-mail address.

A new address has to be confirmed: a link is mailed there. The old address gets a mail too.
"""

from uuid import UUID

from shared.domains.directory.errors import UserNotFound
from shared.domains.directory.schemas import DirectoryUserChanges, DirectoryUserDetail
from shared.domains.directory.service import users
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_users",
    step_up=True,  # who has the address can choose the password
    needs=("outbox", "session_secret"),
    problems=(users.EmailTaken, UserNotFound),
)


@api.patch("/api/admin/users/{user_id}")
def change_user(user_id: UUID, given: DirectoryUserChanges) -> DirectoryUserDetail:
    return users.change_user(api.call, user_id, given)


handler = api.handler
