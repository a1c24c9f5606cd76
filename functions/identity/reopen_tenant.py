"""Reopen a closed tenant by the link that its owner got.

It works once, until the tenant is erased. Members sign in again; API keys stay revoked.
"""

from shared.domains.identity.errors import LinkInvalid
from shared.domains.identity.schemas import LinkToken
from shared.domains.identity.service import closing
from shared.entry.http import Api

api = Api(public=True, guessable=True, across_tenants=True, needs=("session_secret",), problems=(LinkInvalid,))


@api.post("/api/tenant/reopen", status=204)
def reopen_tenant(given: LinkToken) -> None:
    closing.reopen_tenant(api.call, given.token)


handler = api.handler
