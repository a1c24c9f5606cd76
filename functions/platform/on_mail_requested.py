"""Send a mail that somebody asked for."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.platform import service
from shared.domains.platform.events import MailRequested
from shared.entry import wiring
from shared.entry.queue import consumer


@consumer(MailRequested, calls_out=True, needs=("mail", "session_secret"))
def handler(call: Call, id: UUID, event: MailRequested) -> None:
    service.send_mail(call, id, event, wiring.mailer())
