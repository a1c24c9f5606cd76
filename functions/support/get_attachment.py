"""Get the state of an attached file and, once it is ready, a link to download it.

The link ends after 15 minutes; every call gives a fresh one. What is refused says why.
"""

from uuid import UUID

from shared.domains.support.errors import AttachmentNotFound
from shared.domains.support.schemas.attachments import Attachment
from shared.domains.support.service import attachments
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    audience="both",
    scope="support:read",
    permission="view_ticket_details",
    needs=("files_key",),
    problems=(AttachmentNotFound,),
)


@api.get("/api/support/tickets/{ticket_id}/attachments/{attachment_id}")
def get_attachment(ticket_id: UUID, attachment_id: UUID) -> Attachment:
    return attachments.get_attachment(api.call, ticket_id, attachment_id, wiring.file_links)


handler = api.handler
