"""What goes in and out of the operations on parties."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from shared.core.fields import EmailAddress, GstNumber, Input, Line, Name, Phone, Text, line

EXAMPLE: JsonDict = {
    "person_name": "Rohan Mehta", "company_name": "Pune Foods", "mobile_no": "+91 98765 43210",
    "gst_no": "27AAPFU0939F1ZV", "address": "12 Market Yard\nPune 411037",
}  # fmt: skip
Search = Annotated[str, line(100)]


class PartyIn(Input):
    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

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


class PartyDetails(BaseModel):
    """A party as it is, or as it was when a version of a quote was made."""

    id: UUID
    person_name: str
    designation: str | None
    company_name: str | None
    mobile_no: str | None
    email: str | None
    gst_no: str | None
    address: str | None


class Party(PartyDetails):
    created_at: datetime
