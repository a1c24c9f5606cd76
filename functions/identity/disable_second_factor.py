"""Disable the second factor, with the password and a code."""

from shared.domains.identity.errors import PasswordWrong, SigninLocked
from shared.domains.identity.service import second_step
from shared.domains.second_factor.errors import CodeSpent, CodeWrong, FactorBlocked, FactorNotEnabled
from shared.domains.second_factor.schemas import Removal, Status
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    impersonation="never",
    secret=True,
    step_up=True,
    guessable=True,
    needs=("outbox", "factor_key", "session_secret"),
    problems=(PasswordWrong, SigninLocked, CodeWrong, CodeSpent, FactorBlocked, FactorNotEnabled),
    memory=1024,
)


@api.post("/api/v1/2fa/disable")
def disable_second_factor(given: Removal) -> Status:
    return second_step.disable(api.call, given, wiring.vault())


handler = api.handler
