"""Events of the support desk. None holds what somebody wrote: who needs it reads the ticket."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from shared.domains.tenancy.public import TenantErased as TenantErased

Cause = Literal["first_response", "next_response", "slow", "resolution"]  # those of rules/escalation.py


class TicketEvent(BaseModel):
    """Something happened to a ticket."""

    ticket_id: UUID
    number: str


class TicketCreated(TicketEvent):
    """It waits for somebody to be assigned."""


class MessagePosted(TicketEvent):
    """A public message or an internal note."""

    message_id: UUID
    sender: Literal["user", "support"]
    is_internal: bool
    attachment_ids: list[UUID]


class FilesAwaited(BaseModel):
    """They may have been uploaded by now, though no message names them yet."""

    attachment_ids: list[UUID]


class TicketAssigned(TicketEvent):
    agent_id: UUID


class TicketReturned(TicketEvent):
    """To the queue: nobody has it."""

    agent_id: UUID  # who had it


class TicketResolved(TicketEvent):
    """`link_id` is that of the mailed link by which it is rated."""

    link_id: UUID


class TicketClosed(TicketEvent):
    """`link_id` where it had not been resolved before, which mails one too."""

    link_id: UUID | None


class TicketReopened(TicketEvent):
    """By its requester's message or by intention."""


class TicketRated(TicketEvent):
    rating: int


class SlaWarning(TicketEvent):
    """A quarter (warning) or a tenth (critical) of the time is left."""

    cause: Cause
    state: Literal["warning", "critical"]
    due: datetime


class SlaBreached(TicketEvent):
    cause: Cause
    due: datetime


class TicketEscalated(TicketEvent):
    cause: Cause
    level: int
    to: Literal["support_staff", "super_admin"]
    at: datetime


class SlaChanged(BaseModel):
    """What open tickets are promised is to be looked at anew, but for those up to `after`, which are done."""

    after: UUID | None = None
