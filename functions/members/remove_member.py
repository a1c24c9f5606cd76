"""Remove a member, or leave the tenant oneself.

Anybody may leave; removing somebody else wants `members:write`. Sessions and API keys are dead at once. Whoever was
removed keeps the account and finds an empty tenant at the next sign-in.
"""

from uuid import UUID

from shared.domains.members.errors import LastOwner, MemberNotFound, OwnersOnly
from shared.domains.members.service import removal
from shared.entry.http import Api

api = Api(impersonation="never", across_tenants=True, step_up=True, problems=(OwnersOnly, LastOwner, MemberNotFound))


@api.delete("/api/tenant/members/{user_id}")
def remove_member(user_id: UUID) -> None:
    removal.remove_member(api.call, user_id)


handler = api.handler
