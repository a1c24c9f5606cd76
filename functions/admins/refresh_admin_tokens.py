"""A new pair of tokens for an admin's refresh token, which works once."""

from shared.domains.admins.errors import AdminRefreshTokenInvalid
from shared.domains.admins.schemas.accounts import AdminRefresh, AdminTokens
from shared.domains.admins.service import sessions
from shared.entry.http import Api

api = Api(
    public=True,
    across_tenants=True,
    needs=("signing_key", "session_secret", "admin_policy"),
    problems=(AdminRefreshTokenInvalid,),
)


@api.post("/api/admin/refresh")
def refresh_admin_tokens(given: AdminRefresh) -> AdminTokens:
    return sessions.refresh(api.call, given.refresh_token)


handler = api.handler
