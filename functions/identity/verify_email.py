"""Confirm an e-mail address with the token of a mailed link.

The link works once, within 24 hours.
"""

from shared.domains.identity.errors import LinkInvalid
from shared.domains.identity.schemas import LinkToken
from shared.domains.identity.service import verification
from shared.entry.http import Api

api = Api(public=True, guessable=True, across_tenants=True, needs=("session_secret",), problems=(LinkInvalid,))


@api.post("/api/auth/verify-email", status=204)
def verify_email(given: LinkToken) -> None:
    verification.verify_email(api.call, given.token)


handler = api.handler
