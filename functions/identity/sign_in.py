"""Sign in with e-mail address and password.

Five failures for one address from one network refuse every attempt for 30 minutes.
"""

from shared.domains.identity.errors import SigninLocked, WrongCredentials
from shared.domains.identity.schemas import Credentials, SignedIn
from shared.domains.identity.service import sessions
from shared.entry.http import Api

api = Api(
    public=True,
    guessable=True,
    across_tenants=True,
    needs=("signing_key", "session_secret"),
    problems=(WrongCredentials, SigninLocked),
    memory=1024,
)


@api.post("/api/auth/signin")
def sign_in(given: Credentials) -> SignedIn:
    return sessions.sign_in(api.call, given)


handler = api.handler
