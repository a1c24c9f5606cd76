"""Exchange a refresh token for new tokens.

Each refresh token works once; using one again ends its session.
"""

from shared.domains.identity.errors import RefreshTokenInvalid
from shared.domains.identity.schemas import RefreshToken, Tokens
from shared.domains.identity.service import sessions
from shared.entry.http import Api

api = Api(public=True, across_tenants=True, needs=("signing_key", "session_secret"), problems=(RefreshTokenInvalid,))


@api.post("/api/auth/refresh")
def refresh_tokens(given: RefreshToken) -> Tokens:
    return sessions.refresh(api.call, given.refresh_token)


handler = api.handler
