"""Rows of this domain's queries."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class StandingRow(NamedTuple):
    """How a tenant stands, and which steps it has done."""

    verification: str
    decision_note: str | None
    closed_at: datetime | None
    business_profile: bool
    paper_pricing: bool
    flute_settings: bool
    tax_defaults: bool
    quote_terms: bool


class SubmittedRow(NamedTuple):
    """How a tenant that was just submitted stands, and the addresses of those who may decide; None: nobody's."""

    verification: str
    decision_note: str | None
    closed_at: datetime | None
    business_profile: bool
    paper_pricing: bool
    flute_settings: bool
    tax_defaults: bool
    quote_terms: bool
    deciders: list[str] | None


class OwnerRow(NamedTuple):
    """An owner of a tenant that was just decided upon or is reminded."""

    tenant_id: UUID
    company_name: str
    email: str
    full_name: str


class TrialInviteRow(NamedTuple):
    id: UUID
    email: str
    company_name: str | None
    trial_days: int
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None


class AcceptedRow(NamedTuple):
    """A trial invite that was just accepted."""

    email: str
    trial_days: int


class KnownRow(NamedTuple):
    """Whether an address has an account."""

    known: bool
