"""Rows of figures."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from shared.domains.support.rows.tickets import Json


class Period(NamedTuple):
    """From a day to a day, both included, in a time zone."""

    first: date
    last: date
    zone: str


class DeskFiguresRow(NamedTuple):
    """Of the tickets opened in a period; `backlog` of those that wait now."""

    groups: list[Json]
    statuses: list[Json]
    days: list[Json]
    backlog: Json


class PromiseFiguresRow(NamedTuple):
    """How the promises of the tickets opened in a period stand."""

    groups: list[Json]
    days: list[Json]


class AgentFiguresRow(NamedTuple):
    """An agent's load now, and how the tickets that were opened in a period went which he has."""

    agent_id: UUID
    full_name: str
    state: str | None
    capacity: int | None
    open_tickets: int
    load: Decimal | None
    tickets: int
    reopened: int
    first_response: Json
    resolution: Json
    satisfaction: Json
    resolution_rate: Decimal | None
    every_promise: Json
