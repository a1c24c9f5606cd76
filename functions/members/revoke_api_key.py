"""Revoke an API key: it is refused from the next request on."""

from uuid import UUID

from shared.domains.members.errors import KeyNotFound
from shared.domains.members.service import keys
from shared.entry.http import Api

api = Api(scope="keys:write", impersonation="never", problems=(KeyNotFound,))


@api.delete("/api/api-keys/{key_id}")
def revoke_api_key(key_id: UUID) -> None:
    keys.revoke_key(api.call, key_id)


handler = api.handler
