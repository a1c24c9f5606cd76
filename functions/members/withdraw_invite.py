"""Withdraw an invite: its link no longer works."""

from uuid import UUID

from shared.domains.members.errors import InviteNotFound
from shared.domains.members.service import invites
from shared.entry.http import Api

api = Api(scope="members:write", problems=(InviteNotFound,))


@api.delete("/api/tenant/invites/{invite_id}")
def withdraw_invite(invite_id: UUID) -> None:
    invites.withdraw(api.call, invite_id)


handler = api.handler
