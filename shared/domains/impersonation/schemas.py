"""What goes in and out of impersonation."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import Input, filled_line
from shared.domains.identity.public import TenantSummary, User


class ImpersonationIn(Input):
    user_id: Annotated[UUID, Field(examples=["01a1f7d8-0000-7000-8000-00000000000a"])]
    reason: Annotated[str, filled_line(500), Field(examples=["Ticket 1042: a wrong total"])] = Field(
        description="the owners of the company are told"
    )
    ticket_id: Annotated[str, filled_line(100), Field(examples=["1042"])] | None = None
    allow_writes: Annotated[bool, Field(strict=True)] = False


class Impersonation(BaseModel):
    """A token that acts in a user's name until it expires or is ended; there is none to refresh it."""

    impersonation_id: UUID
    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int = Field(description="seconds, 600 at most and never longer than the admin's own session")
    expires_at: datetime
    user: User
    tenant: TenantSummary
    read_only: bool
