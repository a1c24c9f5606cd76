"""Begin with a second factor: its secret, or a code that is mailed or texted, and ten backup codes. All shown once.

None of it counts until a code confirms it under /api/admin/2fa/verify; after 15 minutes it is forgotten.
"""

from shared.domains.admins.service import second_step
from shared.domains.second_factor.errors import CodeJustSent, FactorAlreadyEnabled
from shared.domains.second_factor.schemas import CodeSentWithBackupCodes, NewFactor, SetUpWithBackupCodes
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    audience="admin",
    enrolling=True,
    secret=True,
    needs=("outbox", "factor_key", "session_secret"),
    problems=(FactorAlreadyEnabled, CodeJustSent),
)


@api.post("/api/admin/2fa/enable")
def enable_admin_factor(wanted: NewFactor) -> SetUpWithBackupCodes | CodeSentWithBackupCodes:
    return second_step.enable(api.call, wanted, wiring.vault())


handler = api.handler
