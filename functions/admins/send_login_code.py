"""Have another code sent for a login that waits for it, once a minute; it takes the place of the one before."""

from shared.domains.admins.service import second_step
from shared.domains.second_factor.errors import ChallengeOver, CodeJustSent, FactorBlocked, NothingToSend
from shared.domains.second_factor.schemas import Challenged, CodeSent
from shared.entry.http import Api

api = Api(
    public=True,
    guessable=True,
    across_tenants=True,
    needs=("outbox", "session_secret"),
    problems=(ChallengeOver, NothingToSend, FactorBlocked, CodeJustSent),
)


@api.post("/api/admin/login/2fa/send-code")
def send_login_code(given: Challenged) -> CodeSent:
    return second_step.send_login_code(api.call, given)


handler = api.handler
