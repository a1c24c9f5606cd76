"""Figures of the support desk."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.domains.support.rules.assignment import AgentState
from shared.domains.support.schemas import examples
from shared.domains.support.schemas.tickets import TicketPriority, TicketStatus

Share = Annotated[float | None, Field(description="0 to 1, to four places; null of nothing", examples=[0.9444])]


class FiguresPeriod(BaseModel):
    """Of the tickets opened from a day to a day, both included."""

    first_day: date
    last_day: date
    time_zone: str = Field(description="in which days begin")
    tenant_id: UUID | None = Field(description="null: every tenant")


class Durations(BaseModel):
    """Minutes by the wall clock: nights, holidays and pauses count too."""

    tickets: int = Field(description="that have one")
    mean_minutes: float | None
    median_minutes: float | None
    p90_minutes: float | None = Field(description="nine of ten took no longer")


class Satisfaction(BaseModel):
    """What requesters said of tickets that ended."""

    asked: int
    answered: int
    response_rate: Share
    mean: float | None = Field(description="of ratings from 1 to 5")


class TicketFigures(BaseModel):
    tickets: int = Field(description="opened in the period")
    reopened: int = Field(description="at least once")
    first_response: Durations = Field(description="until the first public answer")
    resolution: Durations = Field(description="until it was resolved, for good if it was re-opened")
    satisfaction: Satisfaction


class PriorityFigures(TicketFigures):
    priority: TicketPriority


class CategoryFigures(TicketFigures):
    category: str


class StatusCount(BaseModel):
    status: TicketStatus
    tickets: int


class DeskDay(BaseModel):
    day: date
    opened: int
    ended: int = Field(description="resolved, or closed without it, on this day, whenever it was opened")


class PriorityCount(BaseModel):
    priority: TicketPriority
    tickets: int


class Backlog(BaseModel):
    """What has not ended now, whenever it was opened."""

    tickets: int
    unassigned: int
    breached: int = Field(description="a promise of it was broken")
    oldest_at: datetime | None
    age: Durations
    by_priority: list[PriorityCount]


class Promise(BaseModel):
    """`met` and `breached` are decided, `running` is not; compliance is the share of the decided that was met."""

    met: int
    breached: int
    running: int
    compliance: Share


class PromiseFigures(BaseModel):
    tickets: int
    escalated: int
    first_response: Promise
    resolution: Promise
    every_promise: Promise = Field(description="of tickets: all of theirs, to answer further questions in time too")


class PriorityPromises(PromiseFigures):
    priority: TicketPriority


class CategoryPromises(PromiseFigures):
    category: str


class DayPromises(PromiseFigures):
    day: date = Field(description="on which they were opened")


class AgentFigures(TicketFigures):
    """`open_tickets` and `load` are of now, over all tenants; the rest is of the tickets of the period."""

    agent_id: UUID
    full_name: str
    state: AgentState | None = Field(description="null: he has tickets, but no place at the desk")
    capacity: int | None
    open_tickets: int
    load: Share
    resolution_rate: Share
    every_promise: Promise


class SupportAnalytics(FiguresPeriod):
    model_config = ConfigDict(json_schema_extra={"examples": [examples.SUPPORT]})

    total: TicketFigures
    by_status: list[StatusCount]
    by_priority: list[PriorityFigures]
    by_category: list[CategoryFigures]
    by_day: list[DeskDay] = Field(description="every day of the period")
    backlog: Backlog


class SlaAnalytics(FiguresPeriod):
    model_config = ConfigDict(json_schema_extra={"examples": [examples.SLA]})

    total: PromiseFigures
    by_priority: list[PriorityPromises]
    by_category: list[CategoryPromises]
    by_day: list[DayPromises] = Field(description="every day of the period")


class AgentAnalytics(FiguresPeriod):
    model_config = ConfigDict(json_schema_extra={"examples": [examples.AGENTS]})

    agents: list[AgentFigures] = Field(description="by name: who has a place at the desk, or a ticket")
