"""Show the second factor again: for five minutes the session may do what wants a fresh one."""

from shared.domains.identity.service import second_step
from shared.domains.second_factor.errors import CodeSpent, CodeWrong, FactorBlocked, FactorNotEnabled
from shared.domains.second_factor.schemas import GivenCode, SteppedUp
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    impersonation="never",
    guessable=True,
    needs=("outbox", "factor_key", "session_secret"),
    problems=(CodeWrong, CodeSpent, FactorBlocked, FactorNotEnabled),
)


@api.post("/api/v1/2fa/step-up")
def step_up(given: GivenCode) -> SteppedUp:
    return second_step.step_up(api.call, given, wiring.vault())


handler = api.handler
