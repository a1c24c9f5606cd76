"""Complete a sign-in with the second factor.

A challenge lives 5 minutes and ends with the fifth wrong code. A backup code will do.
"""

from shared.core.errors import Unauthenticated
from shared.domains.identity.errors import TenantClosed, TenantSuspended, UserDisabled
from shared.domains.identity.schemas import SignedIn
from shared.domains.identity.service import sessions
from shared.domains.second_factor.errors import ChallengeOver, CodeSpent, CodeWrong, FactorBlocked
from shared.domains.second_factor.schemas import ChallengeAnswer
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    public=True,
    guessable=True,
    across_tenants=True,
    needs=("outbox", "factor_key", "signing_key", "session_secret"),
    problems=(
        ChallengeOver,
        CodeWrong,
        CodeSpent,
        FactorBlocked,
        TenantClosed,
        UserDisabled,
        TenantSuspended,
        Unauthenticated,
    ),  # closed or suspended meanwhile
)


@api.post("/api/v1/2fa/verify")
def verify_second_factor(given: ChallengeAnswer) -> SignedIn:
    return sessions.complete_sign_in(api.call, given, wiring.vault())


handler = api.handler
