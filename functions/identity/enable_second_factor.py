"""Enable the second factor that was set up, by its first code.

From then on signing in wants it. The other sessions end; the backup codes are shown once.
"""

from shared.domains.identity.service import second_step
from shared.domains.second_factor.errors import CodeWrong, FactorAlreadyEnabled, SetUpMissing
from shared.domains.second_factor.schemas import BackupCodes, GivenCode
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    impersonation="never",
    secret=True,
    guessable=True,
    needs=("outbox", "factor_key", "session_secret"),
    problems=(CodeWrong, FactorAlreadyEnabled, SetUpMissing),
)


@api.post("/api/v1/2fa/enable")
def enable_second_factor(given: GivenCode) -> BackupCodes:
    return second_step.enable(api.call, given, wiring.vault())


handler = api.handler
