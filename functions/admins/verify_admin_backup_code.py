"""Show the second factor again with a backup code: five minutes for what wants a fresh one."""

from shared.domains.admins.service import second_step
from shared.domains.second_factor.errors import CodeSpent, CodeWrong, FactorBlocked, FactorNotEnabled
from shared.domains.second_factor.schemas import GivenCode, SteppedUp
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    audience="admin",
    guessable=True,
    needs=("outbox", "factor_key", "session_secret"),
    problems=(CodeWrong, CodeSpent, FactorBlocked, FactorNotEnabled),
)


@api.post("/api/admin/2fa/verify-backup")
def verify_admin_backup_code(given: GivenCode) -> SteppedUp:
    return second_step.step_up(api.call, given, wiring.vault())


handler = api.handler
