"""Send a text message that somebody asked for."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.platform import service
from shared.domains.platform.events import TextRequested
from shared.entry import wiring
from shared.entry.queue import consumer


@consumer(TextRequested, calls_out=True, needs=("text", "session_secret"))
def handler(call: Call, id: UUID, event: TextRequested) -> None:
    service.send_text(call, id, event, wiring.texter())
