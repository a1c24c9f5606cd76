"""Confirm the second factor that was set up, or show it again: five minutes for what wants a fresh one.

Confirming it ends the other sessions, and the backup codes count from then on.
"""

from shared.domains.admins.schemas.factors import AppCode, FactorShown
from shared.domains.admins.service import second_step
from shared.domains.second_factor.errors import CodeSpent, CodeWrong, FactorBlocked, SetUpMissing
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    audience="admin",
    enrolling=True,
    guessable=True,
    needs=("outbox", "factor_key", "session_secret"),
    problems=(CodeWrong, CodeSpent, FactorBlocked, SetUpMissing),
)


@api.post("/api/admin/2fa/verify")
def verify_admin_factor(given: AppCode) -> FactorShown:
    return second_step.verify(api.call, given, wiring.vault())


handler = api.handler
