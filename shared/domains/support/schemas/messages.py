"""What goes in and out of the conversation of a ticket."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import UNSEEN, Input, Shape

MessageText = Annotated[
    str,
    Shape(
        rf"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[^{UNSEEN}][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$",
        10_000,
        "Give text of 1 to 10,000 characters.",
    ),
    Field(min_length=1, examples=["It is the same with boxes of seven ply."]),
]


class TicketMessageIn(Input):
    message: MessageText
    message_type: Literal["text"] = "text"
    is_internal: bool = Field(False, strict=True, description="for the platform's staff alone")
    attachment_ids: Annotated[list[UUID], Field(max_length=10)] = Field([], description="files that were uploaded here")


class TicketNote(Input):
    note: MessageText


class MessageAttachment(BaseModel):
    id: UUID
    filename: str
    content_type: str
    size: int
    state: Literal["uploading", "ready", "refused"]


class TicketMessage(BaseModel):
    id: UUID
    sender: Literal["user", "support", "system"]
    sender_id: UUID | None
    sender_name: str | None
    message: str
    message_type: Literal["text"] = "text"
    is_internal: bool
    created_at: datetime
    attachments: list[MessageAttachment]
