"""Sign up: a new user, who becomes the owner of a new tenant.

With the `invite_token` of a mailed trial invite the address needs no confirming, and the trial begins. An invite works
once, and for the address that it was sent to.
"""

from shared.domains.identity.errors import EmailTaken, TrialInviteInvalid
from shared.domains.identity.schemas import SignedIn, SignUp
from shared.domains.identity.service import signing_up
from shared.entry.http import Api

api = Api(
    public=True,
    across_tenants=True,
    needs=("outbox", "signing_key", "session_secret"),
    problems=(EmailTaken, TrialInviteInvalid),
    memory=1024,
)


@api.post("/api/auth/signup", status=201)
def sign_up(given: SignUp) -> SignedIn:
    return signing_up.sign_up(api.call, given)


handler = api.handler
