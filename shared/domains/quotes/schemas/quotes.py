"""What goes in and out of the operations on quotes."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.config import JsonDict

from shared.core.fields import LINE, Amount, Input, Line, Name, Percent, lines, written
from shared.core.files import Form, Upload
from shared.core.money import Money
from shared.domains.pricing.public import BoxIn, BoxOut
from shared.domains.quotes.schemas.parties import PartyDetails

MOST_ITEMS = 2000

LINER: JsonDict = {"gsm": 180, "bf": 24, "rct_value": 1.6, "shade": "Golden Kraft", "rate": "39.50"}
FLUTE: JsonDict = {"gsm": 120, "bf": 18, "rct_value": 0.9, "shade": "Kraft/Natural", "rate": "35"}
ITEM: JsonDict = {
    "name": "Mango carton", "ply": 3, "flute_combination": "B", "length": 400, "width": 300, "height": 200,
    "quantity": 1000, "layers": [LINER, FLUTE, LINER],
}  # fmt: skip
VERSION: JsonDict = {"items": [ITEM], "gst_percent": "5", "transport_charge": "750.00", "payment_terms": "100% advance"}

Status = Literal["draft", "sent", "negotiated", "accepted", "rejected", "expired"]
TemplatePly = Annotated[Literal[1, 3, 5, 7, 9], BeforeValidator(lambda ply: int(ply) if str(ply).isdecimal() else ply)]
VersionNo = Annotated[int, Field(ge=1, le=1_000_000)]


def _switch(value: object) -> object:
    """A form has text only."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _words(value: object) -> object:
    return str(value) if type(value) is int else value


DeliveryDays = Annotated[
    Line,
    BeforeValidator(_words),
    WithJsonSchema({"type": ["string", "integer"], "maxLength": 300, "pattern": LINE, "examples": ["10 days"]}),
]
Day = Annotated[
    date, written("[0-9]{4}-[0-9]{2}-[0-9]{2}", "Give a day like 2026-11-30."), Field(examples=["2026-11-30"])
]
Switch = Annotated[bool, Field(strict=True), BeforeValidator(_switch)]


class QuoteItemIn(BoxIn):
    model_config = ConfigDict(json_schema_extra={"examples": [ITEM]})

    name: Name
    description: Annotated[str, lines(500)] | None = None


class QuoteTerms(Input):
    gst_percent: Percent | None = Field(None, description="on the boxes, not on transport; 5")
    transport_charge: Amount | None = Field(None, description="0")
    round_off_enabled: Switch | None = Field(None, description="the final total to a whole number; true")
    payment_terms: Line | None = None
    delivery_days: DeliveryDays | None = Field(None, description="a number of days, or words")
    valid_until: Day | None = None


class QuoteVersionIn(QuoteTerms):
    model_config = ConfigDict(json_schema_extra={"examples": [VERSION]})

    items: Annotated[list[QuoteItemIn], Field(min_length=1, max_length=MOST_ITEMS)]


class QuoteIn(QuoteVersionIn):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"party_id": "01939f8e-7a3b-7c21-9d4e-5f6a7b8c9d0e", **VERSION}]}
    )

    party_id: UUID


class QuoteImport(QuoteTerms, Form):
    file: Upload = Field(description="CSV in UTF-8 or XLSX, at most 4 MB and 2,000 rows under one row of headings")
    party_id: UUID


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
    party: PartyDetails
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


class RefusedImportRow(BaseModel):
    row: int = Field(description="as the spreadsheet counts; row 1 has the headings")
    column: str
    reason: str


class ImportedQuote(BaseModel):
    quote: Quote
    accepted: int
    refused: list[RefusedImportRow]
