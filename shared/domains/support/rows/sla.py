"""Rows of promises, calendars and clocks."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shared.domains.support.rows.tickets import Json


class CalendarRow(NamedTuple):
    id: UUID
    name: str
    time_zone: str
    hours: Json
    holidays: list[Json]
    created_at: datetime
    updated_at: datetime


class SlaRuleRow(NamedTuple):
    id: UUID
    priority: str
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


class CreatedRow(NamedTuple):
    created_at: datetime


class ExplainedRow(NamedTuple):
    """What the promises of a ticket are explained from."""

    id: UUID
    number: str
    status: str
    created_at: datetime
    first_response_at: datetime | None
    next_response_since: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    terms: Json
    first_terms: Json | None
    breached: bool
    level: int
    pauses: list[Json]


class StatusRow(NamedTuple):
    """How many open tickets are in each state, by its place in BY_URGENCY, and the worst of them."""

    counts: Json
    tickets: list[Json]


class AnyDueRow(NamedTuple):
    due: bool


class DueRow(NamedTuple):
    """A ticket of which something is to be told."""

    id: UUID
    tenant_id: UUID
    number: str
    status: str
    first_response_at: datetime | None
    next_response_since: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    first_response_warning_at: datetime | None
    first_response_critical_at: datetime | None
    first_response_due: datetime | None
    next_response_warning_at: datetime | None
    next_response_critical_at: datetime | None
    next_response_due: datetime | None
    resolution_warning_at: datetime | None
    resolution_critical_at: datetime | None
    resolution_due: datetime | None
    slow_due: datetime | None
    breached: bool
    level: int
    escalated_at: datetime | None
    raised: list[str]


class ChangedRow(NamedTuple):
    """A ticket whose promises have changed: what its clocks are worked out from, and the new rule."""

    id: UUID
    tenant_id: UUID
    number: str
    priority: str
    status: str
    created_at: datetime
    silent_since: datetime | None
    first_response_at: datetime | None
    next_response_since: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    terms: Json
    first_terms: Json | None
    first_response_warning_at: datetime | None
    first_response_critical_at: datetime | None
    first_response_due: datetime | None
    next_response_due: datetime | None
    resolution_due: datetime | None
    slow_due: datetime | None
    breached: bool
    level: int
    escalated_at: datetime | None
    raised: list[str]
    pauses: list[Json]
    rule: Json | None


class TicketIdRow(NamedTuple):
    id: UUID
