"""What goes in and out of the operations on onboarding and trial invites."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import PLAIN, EmailAddress, Input, Name, Verification, filled_lines

Reason = Annotated[
    str,
    filled_lines(2000, least=10),
    Field(examples=["The GST number is that of another company."], description="the company reads it"),
]


class OnboardingSteps(BaseModel):
    business_profile: bool = Field(description="PATCH /api/tenant: address, phone, email and gst_no are given")
    paper_pricing: bool = Field(description="there are paper prices")
    flute_settings: bool = Field(description="all five flutes are set")
    tax_defaults: bool = Field(description="the state, which decides between CGST with SGST and IGST, is known")
    quote_terms: bool = Field(description="a quote has named its terms of payment or delivery")


class OnboardingStatus(BaseModel):
    status: Verification
    steps: OnboardingSteps
    progress: int = Field(ge=0, le=100, description="percent of the first three steps; the others are optional")
    reason: str | None = Field(description="why the company was rejected")


class Rejection(Input):
    reason: Reason


class OnboardingDecision(BaseModel):
    tenant_id: UUID
    status: Literal["approved", "rejected"]
    reason: str | None
    decided_at: datetime


class TrialInviteIn(Input):
    email: EmailAddress
    company_name: Name | None = None
    trial_days: Annotated[int, Field(ge=1, le=365), PLAIN] = 14


class TrialInvite(BaseModel):
    id: UUID
    email: str
    company_name: str | None
    trial_days: int
    status: Literal["pending", "accepted", "expired"]
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
