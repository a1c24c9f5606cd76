"""Choose a new password with the token of a mailed link.

The link works once, within 30 minutes. Every session of the user ends and his API keys are revoked.
"""

from shared.domains.identity.errors import LinkInvalid
from shared.domains.identity.schemas import PasswordReset
from shared.domains.identity.service import password_changes
from shared.entry.http import Api

api = Api(
    public=True,
    guessable=True,
    across_tenants=True,
    needs=("outbox", "session_secret"),
    problems=(LinkInvalid,),
    memory=1024,
)


@api.post("/api/auth/reset-password", status=204)
def reset_password(given: PasswordReset) -> None:
    password_changes.reset(api.call, given)


handler = api.handler
