"""What goes in and out of the operations on agents, and on who gets which tickets."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import Input
from shared.domains.support.rules import assignment
from shared.domains.support.schemas.tickets import TicketCategory

AgentState = assignment.AgentState
AssignmentStrategy = assignment.Strategy
Capacity = Annotated[
    int, Field(ge=1, le=1000, strict=True, description="tickets at once; from 90 % on no more are assigned")
]
Expertise = Annotated[list[TicketCategory], Field(max_length=50)]


class SupportAgentIn(Input):
    admin_id: UUID = Field(description="who may resolve tickets", examples=["01a1f7d8-0000-7000-8000-00000000000a"])
    expertise: Expertise = Field([])
    capacity: Capacity = assignment.CAPACITY
    state: AgentState = Field("offline", description="only who is online gets tickets by themselves")
    home_tenant_id: UUID | None = Field(None, description="a tenant whose tickets the agent gets rather than others")


class SupportAgentChanges(Input):
    """Only what is given is changed; null clears what may be empty."""

    expertise: Expertise = Field([])
    capacity: Capacity = assignment.CAPACITY
    state: AgentState = "online"
    home_tenant_id: UUID | None = None


class SupportAgent(BaseModel):
    id: UUID = Field(description="the admin's")
    full_name: str
    email: str
    role: str
    state: AgentState
    expertise: list[str]
    capacity: int
    home_tenant_id: UUID | None
    open_tickets: int = Field(description="assigned and not ended")
    last_assigned_at: datetime | None = Field(description="by itself, not by somebody")
    created_at: datetime
    updated_at: datetime


class AssignmentRules(Input):
    strategy: AssignmentStrategy = Field("hybrid", description="of every category that has none of its own")
    by_category: dict[TicketCategory, AssignmentStrategy] = Field({}, examples=[{"billing": "round_robin"}])
