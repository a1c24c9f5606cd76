"""The promises of a ticket, explained; and how those of all open tickets stand."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.domains.support.rules.deadlines import Reason, State
from shared.domains.support.schemas.tickets import TicketPriority, TicketStatus

RunningState = Literal["breached", "critical", "warning", "ok", "paused"]


class SlaInterval(BaseModel):
    starts: datetime
    ends: datetime
    reason: Reason = Field(description="summed: what was too much for the list")
    note: str = Field(description="the name of the holiday, or why the clock was paused", examples=["Republic Day"])
    counted_minutes: float


class SlaClock(BaseModel):
    """Times to come are foreseen: they hold unless the clock is paused again. While it is, there is no due."""

    state: State
    target_minutes: int
    time_zone: str = Field(description="of the calendar that it counts by")
    started_at: datetime
    warning_at: datetime | None = Field(description="a quarter of the target is left")
    critical_at: datetime | None = Field(description="a tenth")
    due: datetime | None
    ended_at: datetime | None
    elapsed_minutes: float
    remaining_minutes: float = Field(description="below nothing once it is late")
    intervals: list[SlaInterval] = Field(description="from its start to its end, else to the later of now and its due")


class SlaExplanation(BaseModel):
    """`state` is that of the worst clock which runs; `breached`: a promise was broken, ever."""

    ticket_id: UUID
    number: str
    status: TicketStatus
    state: State
    breached: bool
    level: int = Field(description="how often it was escalated")
    pauses_on_waiting_user: bool
    first_response: SlaClock
    next_response: SlaClock | None = Field(description="null where no message waits for an answer after the first")
    resolution: SlaClock


class SlaCounts(BaseModel):
    breached: int = 0
    critical: int = 0
    warning: int = 0
    ok: int = 0
    paused: int = 0


class SlaStatusTicket(BaseModel):
    id: UUID
    tenant_id: UUID
    number: str
    subject: str
    category: str
    priority: TicketPriority
    status: TicketStatus
    assigned_to: UUID | None
    created_at: datetime
    state: RunningState
    due: datetime | None = Field(description="of the clock that is due first; null while all stand still")
    breached: bool = Field(description="a promise was broken, also where the state is that of another")
    level: int


class SlaStatus(BaseModel):
    """`counts` are of all that the caller may see, whatever is asked for; `items` are the worst first."""

    counts: SlaCounts
    items: list[SlaStatusTicket]
    next_page: int | None
