"""Mail who waits for it that there is a new message in a ticket; of notes nobody is told."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import MessagePosted
from shared.domains.support.service import notifications
from shared.entry.queue import consumer


@consumer(MessagePosted, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: MessagePosted) -> None:
    notifications.message_posted(call, event)
