"""Rows of agents, of what is assigned to them, and of the answers they keep ready."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from shared.domains.support.rows.tickets import Json


class Workers(NamedTuple):
    """Who works on tickets: an enabled admin of one of these roles, or who was granted the permission."""

    roles: list[str]
    permission: str


class AgentRow(NamedTuple):
    id: UUID
    full_name: str
    email: str
    role: str
    state: str
    expertise: list[str]
    capacity: int
    home_tenant_id: UUID | None
    open_tickets: int
    last_assigned_at: datetime | None
    created_at: datetime
    updated_at: datetime


class CandidateRow(NamedTuple):
    """An agent who may get tickets, with what he has and how he did lately."""

    agent_id: UUID
    state: str
    expertise: list[str]
    open_tickets: int
    capacity: int
    satisfaction: Decimal | None
    response_minutes: Decimal | None
    last_assigned_at: datetime | None
    tenant_id: UUID | None


class WaitingRow(NamedTuple):
    """A ticket that nobody has, with the rule by which somebody gets it."""

    id: UUID
    tenant_id: UUID
    number: str
    category: str
    priority: str
    status: str
    terms: Json
    returned_by: UUID | None
    rule: str
    strategy: str
    turn: UUID | None


class ReturnedRow(NamedTuple):
    id: UUID
    tenant_id: UUID
    number: str
    agent_id: UUID | None


class ClosedRow(NamedTuple):
    id: UUID
    tenant_id: UUID
    number: str
    terms: Json


class StrategyRow(NamedTuple):
    category: str
    strategy: str


class CannedResponseRow(NamedTuple):
    id: UUID
    title: str
    body: str
    category: str | None
    created_by: UUID
    created_at: datetime
    updated_at: datetime
