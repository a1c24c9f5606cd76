"""Keep an answer ready, for every agent."""

from shared.domains.support.errors import CannedResponseExists
from shared.domains.support.schemas.canned_responses import CannedResponse, CannedResponseIn
from shared.domains.support.service import canned_responses
from shared.entry.http import Api

api = Api(audience="admin", permission="resolve_ticket", problems=(CannedResponseExists,))


@api.post("/api/support/canned-responses", status=201)
def create_canned_response(response: CannedResponseIn) -> CannedResponse:
    return canned_responses.create_response(api.call, response)


handler = api.handler
