"""What goes in and out of the operations on canned responses."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import Input, filled_line
from shared.domains.support.schemas.messages import MessageText
from shared.domains.support.schemas.tickets import TicketCategory

ResponseTitle = Annotated[str, filled_line(100), Field(examples=["Prices are being looked into"])]


class CannedResponseIn(Input):
    title: ResponseTitle
    body: MessageText
    category: TicketCategory | None = Field(None, description="for which tickets; null: for any")


class CannedResponseChanges(Input):
    """Only what is given is changed; a category of null: for any ticket."""

    title: ResponseTitle = ""
    body: MessageText = ""
    category: TicketCategory | None = None


class CannedResponse(BaseModel):
    id: UUID
    title: str
    body: str
    category: str | None
    created_by: UUID
    created_at: datetime
    updated_at: datetime
