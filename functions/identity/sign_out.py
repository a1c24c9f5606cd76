"""Sign out: the session ends and its access token is dead at once."""

from shared.domains.identity.service import session_ends
from shared.entry.http import Api

api = Api(impersonation="always")


@api.post("/api/auth/logout", status=204)
def sign_out() -> None:
    session_ends.sign_out(api.call)


handler = api.handler
