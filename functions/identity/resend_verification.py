"""Mail the link that confirms the address once more.

At most once a minute; the link sent before no longer works. Nothing is sent to an address that is confirmed.
"""

from shared.domains.identity.errors import VerificationSentRecently
from shared.domains.identity.service import verification
from shared.entry.http import Api

api = Api(
    scope="profile:write",
    impersonation="never",
    needs=("outbox", "session_secret"),
    problems=(VerificationSentRecently,),
)


@api.post("/api/auth/resend-verification", status=202)
def resend_verification() -> None:
    verification.resend(api.call)


handler = api.handler
