"""Disable the second factor, which was shown within the last five minutes; a code that is given is judged as well."""

from shared.domains.admins.service import second_step
from shared.domains.second_factor.errors import CodeSpent, CodeWrong, FactorBlocked, FactorNotEnabled
from shared.domains.second_factor.schemas import ConfirmingCode, Status
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
def disable_admin_factor(given: ConfirmingCode = ConfirmingCode()) -> Status:  # noqa: B008
    return second_step.disable(api.call, given, wiring.vault())


handler = api.handler
