"""What tickets are promised, by priority and category. Minutes are of business time: of the rule's calendar."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import Input
from shared.domains.support.rules.deadlines import LONGEST_TARGET
from shared.domains.support.rules.terms import CLOSE_AFTER
from shared.domains.support.schemas.tickets import TicketCategory, TicketPriority

Minutes = Annotated[int, Field(ge=1, le=LONGEST_TARGET, strict=True)]
ClosingDays = Annotated[int, Field(ge=1, le=365, strict=True)]

FIRST_RESPONSE = "minutes until the first answer; a further question is to be answered as fast"
RESOLUTION = "minutes"
ESCALATE_AFTER = "minutes, of the time for the resolution: a superior hears of it then"
CALENDAR = "null: open around the clock"
RETURN_AFTER = "minutes of silence after which who has the ticket loses it to the queue; null: it stays his"
CLOSE_AFTER_DAYS = "days without an answer after which what is resolved is closed"
PAUSES = "its clocks stand still while its requester is waited for"


class SlaRuleIn(Input):
    priority: TicketPriority
    category: TicketCategory | None = Field(None, description="null: every category without a rule of its own")
    first_response: Minutes = Field(description=FIRST_RESPONSE, examples=[60])
    resolution: Minutes = Field(description=RESOLUTION, examples=[720])
    escalate_after: Minutes = Field(description=ESCALATE_AFTER, examples=[600])
    pauses_on_waiting_user: bool = Field(True, strict=True, description=PAUSES)
    calendar_id: UUID | None = Field(None, description=CALENDAR)
    return_after: Minutes | None = Field(None, description=RETURN_AFTER)
    close_after_days: ClosingDays = Field(CLOSE_AFTER, description=CLOSE_AFTER_DAYS)


class SlaRuleChanges(Input):
    """What is left out stays."""

    first_response: Minutes | None = Field(None, description=FIRST_RESPONSE, examples=[60])
    resolution: Minutes | None = Field(None, description=RESOLUTION, examples=[720])
    escalate_after: Minutes | None = Field(None, description=ESCALATE_AFTER, examples=[600])
    pauses_on_waiting_user: bool | None = Field(None, strict=True, description=PAUSES)
    calendar_id: UUID | None = Field(None, description=CALENDAR)
    return_after: Minutes | None = Field(None, description=RETURN_AFTER)
    close_after_days: ClosingDays | None = Field(None, description=CLOSE_AFTER_DAYS)


class SlaRule(BaseModel):
    id: UUID
    priority: TicketPriority
    category: str | None
    first_response: int
    resolution: int
    escalate_after: int
    pauses_on_waiting_user: bool
    calendar_id: UUID | None
    return_after: int | None
    close_after_days: int
    created_at: datetime
    updated_at: datetime
