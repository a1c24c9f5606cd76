"""Look whether the files of a message are what they were said to be: only those can be downloaded."""

from collections.abc import Callable
from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import MessagePosted
from shared.domains.support.service import attachments
from shared.entry import wiring
from shared.entry.queue import consumer


@consumer(
    MessagePosted,
    calls_out=True,
    across_tenants=True,
    timeout=120,
    needs=("attachments_find", "attachments_read", "attachments_keep"),
)
def handler(call: Call, id: UUID, event: MessagePosted) -> Callable[[Call], None] | None:
    return attachments.judge(call, event, wiring.attached_files())
