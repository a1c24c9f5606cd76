"""Rows of the queries of this domain. What is jsonb comes as parsed JSON, exact decimals in it as text."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

Json = dict[str, Any]


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
    """Whether there was such a party, and whether it could be deleted."""

    known: bool
    deleted: bool


class Days(NamedTuple):
    """From the first to the last day, both included, in a tenant's zone."""

    tenant: UUID
    first: date
    last: date


class NewQuoteRow(NamedTuple):
    """The place of a new quote among the tenant's quotes of its day, and what it is priced and addressed with."""

    number: int
    dated: date
    seller: Json
    party: Json
    pricing: Json


class NextVersionRow(NamedTuple):
    """A quote that was just given its next version number, and what that version is priced and addressed with."""

    quote_no: str
    status: str
    created_at: datetime
    version_no: int
    dated: date
    seller: Json
    party: Json
    pricing: Json


class QuoteRow(NamedTuple):
    """A quote with one of its versions; amounts are minor units."""

    id: UUID
    quote_no: str
    status: str
    created_at: datetime
    version_no: int
    party: Json
    currency: str
    payment_terms: str | None
    delivery_days: str | None
    valid_until: date | None
    gst_percent: Decimal
    round_off_enabled: bool
    subtotal: Decimal
    gst_amount: int
    transport_charge: int
    round_off_value: int
    final_total: int
    items: list[Json]


class QuoteSummaryRow(NamedTuple):
    id: UUID
    quote_no: str
    status: str
    version_no: int
    party_id: UUID
    person_name: str
    company_name: str | None
    final_total: int
    currency: str
    created_at: datetime


class VersionSummaryRow(NamedTuple):
    id: UUID
    version_no: int
    is_archived: bool
    subtotal: Decimal
    gst_percent: Decimal
    gst_amount: int
    transport_charge: int
    round_off_value: int
    final_total: int
    currency: str
    created_at: datetime
    item_count: int


class PrintedQuoteRow(NamedTuple):
    """What a quotation prints of a version; `dated` is its day in the tenant's zone, `seller` the tenant as it was."""

    quote_no: str
    version_no: int
    dated: date
    created_at: datetime
    seller: Json
    party: Json
    currency: str
    payment_terms: str | None
    delivery_days: str | None
    valid_until: date | None
    gst_percent: Decimal
    subtotal: Decimal
    gst_amount: int
    transport_charge: int
    round_off_value: int
    final_total: int
    items: list[Json]
