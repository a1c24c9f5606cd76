"""What goes in and out of the operations on attached files."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import Input, Shape
from shared.domains.support.rules.attachments import LARGEST, ContentType

AttachmentType = ContentType
Filename = Annotated[
    str,
    Shape(r"^[^\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069]+$", 150, "Give the name of a file, of 1 to 150 characters."),
    Field(min_length=1, examples=["price.png"]),
]


class AttachmentIn(Input):
    filename: Filename
    content_type: AttachmentType
    size: int = Field(ge=1, le=LARGEST, strict=True, description="bytes", examples=[42])


class AttachmentUpload(BaseModel):
    """PUT the file to `upload_url` with just these headers; then name it in a message within a day."""

    attachment_id: UUID
    upload_url: str
    headers: dict[str, str]
    expires_at: datetime = Field(description="when upload_url ends")


class Attachment(BaseModel):
    """`reason` tells why it is refused; only what is ready can be downloaded."""

    id: UUID
    filename: str
    content_type: str
    size: int = Field(description="bytes")
    state: Literal["uploading", "ready", "refused"]
    reason: str | None
    download_url: str | None = Field(None, description="needs no token; ask again for another when it has ended")
    expires_at: datetime | None = Field(None, description="when download_url ends")
