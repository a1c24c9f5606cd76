"""Get a link to upload a file for a ticket, at most 10 MB.

PUT the file there with the headers of the answer, then name it in a message, within a day: it can be downloaded once it
was found to be what it was said to be. At most 20 files of yours may be in no message yet.
"""

from uuid import UUID

from shared.domains.support.errors import TicketIsClosed, TicketNotFound, TooManyUnnamedAttachments
from shared.domains.support.schemas.attachments import AttachmentIn, AttachmentUpload
from shared.domains.support.service import attachments
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    audience="both",
    scope="support:write",
    permission="add_ticket_note",
    impersonation="never",
    secret=True,
    cost=5,
    needs=("attachments_upload",),
    problems=(TicketIsClosed, TicketNotFound, TooManyUnnamedAttachments),
)


@api.post("/api/support/tickets/{ticket_id}/attachments", status=201)
def create_attachment(ticket_id: UUID, file: AttachmentIn) -> AttachmentUpload:
    return attachments.request_upload(api.call, ticket_id, file, wiring.attached_files())


handler = api.handler
