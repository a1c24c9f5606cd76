"""Assign what waits when a ticket is opened: this one too, unless others come before it and take all who are free."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.support.events import TicketCreated
from shared.domains.support.service import assignment
from shared.entry.queue import consumer


@consumer(TicketCreated, across_tenants=True, needs=("outbox",))
def handler(call: Call, id: UUID, event: TicketCreated) -> None:
    assignment.assign_waiting(call)
