"""Mail a link with which a forgotten password is replaced.

The answer does not tell whether anybody has this address. It is mailed at most once a minute.
"""

from shared.domains.identity.schemas import ForgottenPassword
from shared.domains.identity.service import password_changes
from shared.entry.http import Api

api = Api(public=True, guessable=True, across_tenants=True, needs=("outbox", "session_secret"))


@api.post("/api/auth/forgot-password", status=202)
def forgot_password(given: ForgottenPassword) -> None:
    password_changes.forget(api.call, given.email)


handler = api.handler
