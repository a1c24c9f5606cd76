"""Invite somebody by mail to become a member.

The link works once and for 7 days. Inviting the same address again replaces the invite sent before. Only an owner
invites owners.
"""

from shared.domains.members.errors import AlreadyMember, InviteSentRecently, OwnersOnly
from shared.domains.members.schemas import Invite, InviteIn
from shared.domains.members.service import invites
from shared.entry.http import Api

api = Api(
    scope="members:write",
    impersonation="never",
    step_up=True,
    cost=10,
    needs=("outbox", "session_secret"),
    problems=(AlreadyMember, InviteSentRecently, OwnersOnly),
)


@api.post("/api/tenant/invites", status=201)
def create_invite(given: InviteIn) -> Invite:
    return invites.invite(api.call, given)


handler = api.handler
