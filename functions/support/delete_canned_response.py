"""Delete an answer that is kept ready."""

from uuid import UUID

from shared.domains.support.errors import CannedResponseNotFound
from shared.domains.support.service import canned_responses
from shared.entry.http import Api

api = Api(audience="admin", permission="resolve_ticket", problems=(CannedResponseNotFound,))


@api.delete("/api/support/canned-responses/{response_id}")
def delete_canned_response(response_id: UUID) -> None:
    canned_responses.delete_response(api.call, response_id)


handler = api.handler
