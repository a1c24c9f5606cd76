"""Disable the second factor, with a code besides the one just shown."""

from shared.domains.admins.service import second_step
from shared.domains.second_factor.errors import CodeSpent, CodeWrong, FactorBlocked, FactorNotEnabled
from shared.domains.second_factor.schemas import GivenCode, Status
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    audience="admin",
    step_up=True,
    guessable=True,
    needs=("outbox", "factor_key", "session_secret"),
    problems=(CodeWrong, CodeSpent, FactorBlocked, FactorNotEnabled),
)


@api.post("/api/admin/2fa/disable")
def disable_admin_factor(given: GivenCode) -> Status:
    return second_step.disable(api.call, given, wiring.vault())


handler = api.handler
