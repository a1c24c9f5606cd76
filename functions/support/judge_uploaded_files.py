"""Look whether files that were uploaded are what they were said to be, though no message names them yet."""

from collections.abc import Callable
from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import FilesAwaited
from shared.domains.support.service import attachments
from shared.entry import wiring
from shared.entry.queue import consumer


@consumer(
    FilesAwaited,
    calls_out=True,
    across_tenants=True,
    timeout=120,
    needs=("attachments_find", "attachments_read", "attachments_keep"),
)
def handler(call: Call, id: UUID, event: FilesAwaited) -> Callable[[Call], None] | None:
    return attachments.judge_uploaded(call, event, wiring.attached_files())
