"""Rows of the core's own queries."""

from typing import NamedTuple
from uuid import UUID


class KeptAnswer(NamedTuple):
    digest: bytes
    status: int | None
    body: str | None


class OutboxRow(NamedTuple):
    id: UUID
    tenant_id: UUID | None
    name: str
    event: dict[str, object]


class ReceivedRow(NamedTuple):
    event_id: UUID
