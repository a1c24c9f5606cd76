"""Change an answer that is kept ready."""

from uuid import UUID

from shared.domains.support.errors import CannedResponseExists, CannedResponseNotFound
from shared.domains.support.schemas.canned_responses import CannedResponse, CannedResponseChanges
from shared.domains.support.service import canned_responses
from shared.entry.http import Api

api = Api(audience="admin", permission="resolve_ticket", problems=(CannedResponseExists, CannedResponseNotFound))


@api.patch("/api/support/canned-responses/{response_id}")
def change_canned_response(response_id: UUID, changes: CannedResponseChanges) -> CannedResponse:
    return canned_responses.change_response(api.call, response_id, changes)


handler = api.handler
