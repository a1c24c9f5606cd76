"""Rows of attachments."""

from typing import NamedTuple
from uuid import UUID


class ToAttachRow(NamedTuple):
    tenant_id: UUID
    status: str
    unnamed: int  # of the uploader, in no message of any ticket


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


class UnnamedRow(NamedTuple):
    id: UUID
    tenant_id: UUID


class ToJudgeRow(NamedTuple):
    id: UUID
    tenant_id: UUID
    filename: str
    content_type: str
    size: int
