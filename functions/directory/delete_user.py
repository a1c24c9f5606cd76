"""Delete a user for good.

The account is gone with its sessions, API keys and second factor, and its address may sign up again. What the user made
stays with the tenant, and logs keep the id. A tenant that nobody is left in is closed, and erased after 30 days. The
last owner of a tenant with other members stays.
"""

from uuid import UUID

from shared.domains.directory.errors import UserNotFound
from shared.domains.directory.service import standing
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_users",
    step_up=True,
    needs=("outbox",),
    problems=(standing.LastOwner, UserNotFound),
)


@api.delete("/api/admin/users/{user_id}")
def delete_user(user_id: UUID) -> None:
    standing.delete_user(api.call, user_id)


handler = api.handler
