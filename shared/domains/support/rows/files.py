"""Rows of attachments."""

from typing import NamedTuple
from uuid import UUID


class ToAttachRow(NamedTuple):
    tenant_id: UUID
    status: str


class AttachmentRow(NamedTuple):
    id: UUID
    tenant_id: UUID
    filename: str
    content_type: str
    size: int
    state: str
    reason: str | None


class AwaitedRow(NamedTuple):
    id: UUID


class ToJudgeRow(NamedTuple):
    id: UUID
    tenant_id: UUID
    filename: str
    content_type: str
    size: int
