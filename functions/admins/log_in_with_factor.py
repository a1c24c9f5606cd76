"""Complete a login that waits for the second factor.

A challenge lives 5 minutes and ends with the fifth wrong code. A backup code will do.
"""

from shared.domains.admins.errors import AddressNotAllowed, AdminDisabled
from shared.domains.admins.schemas.accounts import AdminSignedIn
from shared.domains.admins.service import sessions
from shared.domains.second_factor.errors import ChallengeOver, CodeSpent, CodeWrong, FactorBlocked
from shared.domains.second_factor.schemas import ChallengeAnswer
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    public=True,
    guessable=True,
    across_tenants=True,
    needs=("outbox", "factor_key", "signing_key", "session_secret", "admin_policy"),
    problems=(ChallengeOver, CodeWrong, CodeSpent, FactorBlocked, AdminDisabled, AddressNotAllowed),
)


@api.post("/api/admin/login/2fa")
def log_in_with_factor(given: ChallengeAnswer) -> AdminSignedIn:
    return sessions.complete_log_in(api.call, given, wiring.vault())


handler = api.handler
