"""What goes in and out of the conversation of a ticket."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import Input, filled_lines

MessageText = Annotated[str, filled_lines(10_000), Field(examples=["It is the same with boxes of seven ply."])]


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
