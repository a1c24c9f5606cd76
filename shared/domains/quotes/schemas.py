"""What goes in and out of the operations on parties and quotes."""

import re
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from shared.core.fields import Amount, EmailAddress, GstNumber, Input, Line, Name, Percent, Phone, Text, line, lines
from shared.core.files import Form, Upload
from shared.core.money import Money
from shared.domains.pricing.public import BoxIn, BoxOut

MOST_ITEMS = 2000

Status = Literal["draft", "sent", "negotiated", "accepted", "rejected", "expired"]
Search = Annotated[str, line(100)]
TemplatePly = Annotated[Literal[1, 3, 5, 7, 9], BeforeValidator(lambda ply: int(ply) if str(ply).isdigit() else ply)]
VersionNo = Annotated[int, Field(ge=1, le=1_000_000)]


def _day(value: object) -> object:
    """Without this, a number passes for the seconds since 1970."""
    if isinstance(value, date) or isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return value
    raise PydanticCustomError("day", "Give a day like 2026-11-30.")


def _switch(value: object) -> object:
    """A form has text only."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_day), Field(examples=["2026-11-30"])]
Switch = Annotated[bool, Field(strict=True), BeforeValidator(_switch)]


class PartyIn(Input):
    person_name: Name
    designation: Line | None = Field(None, examples=["Purchase manager"])
    company_name: Name | None = None
    mobile_no: Phone | None = None
    email: EmailAddress | None = None
    gst_no: GstNumber | None = None
    address: Text | None = None


class PartyChanges(PartyIn):
    """Only what is given is changed; null clears what may be empty."""

    person_name: Name = ""


class QuoteParty(BaseModel):
    """A party as it was when the version was made."""

    id: UUID
    person_name: str
    designation: str | None
    company_name: str | None
    mobile_no: str | None
    email: str | None
    gst_no: str | None
    address: str | None


class Party(QuoteParty):
    created_at: datetime


class QuoteItemIn(BoxIn):
    name: Name
    description: Annotated[str, lines(500)] | None = None


class QuoteTerms(Input):
    gst_percent: Percent | None = Field(None, description="on the boxes, not on transport; 5")
    transport_charge: Amount | None = Field(None, description="0")
    round_off_enabled: Switch | None = Field(None, description="the final total to a whole number; true")
    payment_terms: Line | None = None
    delivery_days: Line | Annotated[int, Field(strict=True, ge=0, le=1000)] | None = Field(
        None, description="a number of days, or words", examples=["10 days after receipt of PO"]
    )
    valid_until: Day | None = None


class QuoteVersionIn(QuoteTerms):
    items: Annotated[list[QuoteItemIn], Field(min_length=1, max_length=MOST_ITEMS)]


class QuoteIn(QuoteVersionIn):
    party_id: UUID


class QuoteImport(QuoteTerms, Form):
    file: Upload = Field(description="CSV in UTF-8 or XLSX, at most 4 MB and 2,000 rows under one row of headings")
    party_id: UUID


class QuoteFilter(BaseModel):
    """What a list of quotes is narrowed to; days are the tenant's, both included."""

    status: Status | None = None
    party_id: UUID | None = None
    q: Search | None = None
    since: Day | None = None
    until: Day | None = None


class QuoteItem(BaseModel):
    """`total` is rounded for display: the subtotal adds the prices times quantities unrounded."""

    index: int = Field(description="from 0")
    name: str
    description: str | None
    ply: int
    quantity: int
    cost_per_box: Money
    final_price: Money
    total: Money
    costing: BoxOut


class QuoteTotals(BaseModel):
    subtotal: Money
    gst_percent: Money
    gst_amount: Money
    transport_charge: Money
    round_off_value: Money
    final_total: Money
    currency: str
    created_at: datetime


class Quote(QuoteTotals):
    id: UUID
    quote_no: str
    status: Status
    version_no: int
    party: QuoteParty
    items: list[QuoteItem]
    round_off_enabled: bool
    payment_terms: str | None
    delivery_days: str | None
    valid_until: date | None


class QuoteVersion(QuoteTotals):
    version_no: int
    is_archived: bool
    item_count: int


class PartyNames(BaseModel):
    id: UUID
    person_name: str
    company_name: str | None


class QuoteSummary(BaseModel):
    id: UUID
    quote_no: str
    status: Status
    version_no: int
    party: PartyNames
    final_total: Money
    currency: str
    created_at: datetime


class RefusedRow(BaseModel):
    row: int = Field(description="as the spreadsheet counts; row 1 has the headings")
    column: str
    reason: str


class ImportedQuote(BaseModel):
    quote: Quote
    accepted: int
    refused: list[RefusedRow]


