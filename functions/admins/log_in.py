"""Log in as an admin: tokens, or what to show besides the password."""

from shared.domains.admins.errors import AddressNotAllowed, AdminDisabled, LoginLocked, LoginRefused
from shared.domains.admins.schemas.accounts import AdminCredentials, AdminSignedIn
from shared.domains.admins.service import sessions
from shared.domains.second_factor.schemas import Challenge
from shared.entry.http import Api

api = Api(
    public=True,
    guessable=True,
    across_tenants=True,
    needs=("outbox", "signing_key", "session_secret", "admin_policy"),
    problems=(LoginRefused, LoginLocked, AdminDisabled, AddressNotAllowed),
)


@api.post("/api/admin/login")
def log_in(given: AdminCredentials) -> AdminSignedIn | Challenge:
    return sessions.log_in(api.call, given)


handler = api.handler
