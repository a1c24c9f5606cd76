"""What tenancy's operations answer."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field


class ExportQueued(BaseModel):
    id: UUID
    status: Literal["queued"]


class Export(BaseModel):
    """An archive: a zip file of one JSON Lines file a table and a manifest that counts them."""

    id: UUID
    status: Literal["queued", "ready", "failed"]
    created_at: datetime
    size: int | None = Field(None, description="bytes, once it is ready")
    download_url: str | None = Field(None, description="needs no token; ask again for another when it has ended")
    expires_at: datetime | None = Field(None, description="when download_url ends")
