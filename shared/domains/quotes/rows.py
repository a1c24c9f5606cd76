"""Rows of the queries of this domain."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID


class PartyRow(NamedTuple):
    id: UUID
    person_name: str
    designation: str | None
    company_name: str | None
    mobile_no: str | None
    email: str | None
    gst_no: str | None
    address: str | None
    created_at: datetime


class DeletedPartyRow(NamedTuple):
    """Whether a party is known, and whether it was deleted by this statement."""

    known: bool
    deleted: bool
