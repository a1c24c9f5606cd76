"""Ask somebody to become a member: the same as `POST /api/tenant/invites`.

Nobody becomes a member without consent, so this too mails an invite; the member appears once it is accepted.
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


@api.post("/api/tenant/members", status=201)
def add_member(given: InviteIn) -> Invite:
    return invites.invite(api.call, given)


handler = api.handler
