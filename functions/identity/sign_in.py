"""Sign in with e-mail address and password.

Five failures for one address from one network refuse every attempt for 30 minutes.
Whoever has a second factor gets a challenge instead of tokens: answer it under /api/v1/2fa/verify.
"""

from shared.core.errors import Unauthenticated
from shared.domains.identity.errors import SigninLocked, TenantClosed, TenantSuspended, UserDisabled, WrongCredentials
from shared.domains.identity.schemas import Credentials, SignedIn
from shared.domains.identity.service import sessions
from shared.domains.second_factor.schemas import Challenge
from shared.entry.http import Api

api = Api(
    public=True,
    guessable=True,
    across_tenants=True,
    needs=("outbox", "signing_key", "session_secret"),
    problems=(
        WrongCredentials,
        SigninLocked,
        TenantClosed,
        UserDisabled,
        TenantSuspended,
        Unauthenticated,
    ),  # closed or suspended meanwhile
    memory=1024,
)


@api.post("/api/auth/signin")
def sign_in(given: Credentials) -> SignedIn | Challenge:
    return sessions.sign_in(api.call, given)


handler = api.handler
