"""Rows of tickets, of what is said in them, and who sees which."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from shared.core.query import Nullable

Json = dict[str, Any]


class TicketRow(NamedTuple):
    """A ticket to be changed: its columns, and at the end what its change needs to know."""

    id: UUID
    tenant_id: UUID
    number: str
    user_id: UUID
    requester_name: str
    opened_by: UUID | None
    subject: str
    description: str
    category: str
    priority: str
    status: str
    tags: list[str]
    assigned_to: UUID | None
    assigned_at: datetime | None
    returned_by: UUID | None
    silent_since: datetime | None
    created_at: datetime
    updated_at: datetime
    first_response_at: datetime | None
    next_response_since: datetime | None
    resolved_at: datetime | None
    resolved_by: UUID | None
    closed_at: datetime | None
    closed_by: UUID | None
    resolution_note: str | None
    reopened: int
    terms: Json  # rules.terms.Terms
    first_terms: Json | None  # of the first response that was given, where the terms have changed since
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
    sweep_at: datetime | None
    returns_at: datetime | None
    closes_at: datetime | None
    rating: int | None
    feedback: str | None
    rated_at: datetime | None
    rated_by_staff: bool
    pauses: list[Json]  # starts, ends, cause
    rule: Json | None  # rules.terms.Terms as they are promised now; none is set
    caller_name: str | None
    agent_name: str | None  # of whom it shall be assigned to; none where there is no such agent
    offered: list[Json]  # those of the attachments that a message is to have which are there

    @classmethod
    def new(cls, **known: object) -> "TicketRow":
        """One to which nothing has happened yet."""
        nothing = {
            "tags": [], "reopened": 0, "breached": False, "level": 0, "raised": [], "rated_by_staff": False,
            "pauses": [],
        }  # fmt: skip
        return cls._make(map((nothing | known).get, cls._fields))

    @property
    def columns(self) -> Json:
        """What its table keeps."""
        return {name: value for name, value in self._asdict().items() if name not in BESIDE}


BESIDE = ("pauses", "rule", "caller_name", "agent_name", "offered")


class ListedRow(NamedTuple):
    """A page of tickets: a JSON list of schemas.tickets.Ticket, which is a fraction of the work of as many columns."""

    tickets: str


class ShownRow(NamedTuple):
    """A ticket to be read."""

    id: UUID
    tenant_id: UUID
    number: str
    user_id: UUID
    requester_name: str
    subject: str
    description: str
    category: str
    priority: str
    status: str
    tags: list[str]
    assigned_to: UUID | None
    created_at: datetime
    updated_at: datetime
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
    breached: bool
    level: int
    resolution_note: str | None
    rating: int | None
    feedback: str | None
    messages: list[Json]


class NewTicketRow(NamedTuple):
    """The number of a new ticket, whose it is, and what it is promised."""

    tenant_id: UUID
    year: int
    number: int
    requester_name: str
    rule: Json | None


class RatedRow(NamedTuple):
    id: UUID
    tenant_id: UUID
    number: str


class MessagesRow(NamedTuple):
    """Messages of a ticket with their attachments."""

    messages: list[Json]


class Wanted(NamedTuple):
    """What a list is to have, where it is not null. Days are both included, in the zone of the tenant that they are of;
    of nobody's, in UTC."""

    status: Nullable[str]
    priority: Nullable[str]
    category: Nullable[str]
    agent: Nullable[UUID]
    unassigned: Nullable[bool]
    tenant: Nullable[UUID]
    breached: Nullable[bool]
    first_day: Nullable[date]
    last_day: Nullable[date]
    tenant_of_days: Nullable[UUID]


class Desk(NamedTuple):
    """What an admin sees who does not see everything: what is assigned to him; `queue`: also what is assigned to nobody
    or was escalated; `watches`: also what is assigned to anybody."""

    admin: UUID
    queue: bool
    watches: bool
