"""Accept an invite and be signed in as a member.

The caller's verified e-mail address must be the invited one. The caller's sessions and API keys of before end. The
tenant that was the caller's own is closed, for nobody is left in it, and erased after 30 days: export before what is to
be kept.
"""

from shared.domains.members.errors import AlreadyMember, EmailNotVerified, InviteForAnother, InviteGone
from shared.domains.members.schemas import InviteToken
from shared.domains.members.service import joining
from shared.entry.http import Api

api = Api(
    impersonation="never",
    across_tenants=True,
    secret=True,
    needs=("signing_key", "session_secret"),
    problems=(InviteGone, InviteForAnother, EmailNotVerified, AlreadyMember),
)


@api.post("/api/auth/accept-invite")
def accept_invite(given: InviteToken) -> joining.SignedIn:
    return joining.accept(api.call, given)


handler = api.handler
