"""What goes in and out of the operations on tickets."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import Input, filled_line, filled_lines, line, lines
from shared.domains.support.rules.deadlines import State
from shared.domains.support.rules.tickets import Category, Priority, Status
from shared.domains.support.schemas.messages import TicketMessage

TicketCategory = Category
TicketPriority = Priority
TicketStatus = Status
Subject = Annotated[str, filled_line(200, least=5), Field(examples=["The price of five ply is wrong"])]
Description = Annotated[
    str,
    filled_lines(10_000, least=10),
    Field(examples=["Since this morning a box of five ply costs as much as one of three."]),
]
Note = Annotated[str, filled_lines(2000, least=5), Field(examples=["Solved by telephone."])]
Tag = Annotated[str, filled_line(40), Field(examples=["pricing"])]
Tags = Annotated[list[Tag], Field(max_length=20)]
Feedback = Annotated[str, lines(2000), Field(examples=["Quick and friendly."])]
RatingToken = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{43}$", examples=["n" * 43])]
WordsSought = Annotated[
    str, line(100), Field(description="Words of number, subject, description and messages", min_length=1)
]
PageNumber = Annotated[int, Field(ge=1, le=1000, description="Instead of a cursor")]
TicketDay = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))]


class TicketIn(Input):
    subject: Subject
    description: Description
    category: TicketCategory = "general"
    priority: TicketPriority | None = Field(None, description="by words of the text and the category, where not given")
    requester_id: UUID | None = Field(
        None, description="of whose ticket it is: wanted of the platform's staff, else the caller's own unless given"
    )


class TicketChanges(Input):
    status: TicketStatus | None = None
    priority: TicketPriority | None = None
    category: TicketCategory | None = None
    assigned_to: UUID | None = Field(None, description="an agent; null puts it back into the queue")
    tags: Tags | None = None
    note: Note | None = Field(None, description="how it was resolved, for its requester to read")


class TicketAssignment(Input):
    agent_id: UUID = Field(examples=["01a1f7d8-0000-7000-8000-00000000000a"])


class TicketClosing(Input):
    note: Note | None = None


class TicketReopening(Input):
    reason: Note


class TicketRatingIn(Input):
    rating: int = Field(ge=1, le=5, strict=True, examples=[5])
    feedback: Feedback | None = None


class TicketRating(BaseModel):
    rating: int
    feedback: str | None


class Requester(BaseModel):
    """Who asks; under the name that he had last, once he has left."""

    id: UUID
    full_name: str


class TicketSla(BaseModel):
    """How the promises of a ticket stand: `state` is that of its worst clock, `breached` whether one was broken ever.

    `level` is how often it was escalated.
    """

    state: State
    breached: bool
    level: int


class Ticket(BaseModel):
    id: UUID
    tenant_id: UUID
    number: str = Field(examples=["SUP-2026-000123"])
    subject: str
    description: str
    category: str
    priority: TicketPriority
    status: TicketStatus
    requester: Requester
    assigned_to: UUID | None
    tags: list[str]
    created_at: datetime
    updated_at: datetime
    first_response_at: datetime | None
    first_response_due: datetime | None = Field(description="null while the clock stands still")
    next_response_due: datetime | None = Field(description="null where nothing waits for an answer")
    resolution_due: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    resolution_note: str | None
    sla: TicketSla
    rating: int | None
    feedback: str | None


class TicketDetail(Ticket):
    messages: list[TicketMessage] = Field(description="the last hundred, oldest first")
