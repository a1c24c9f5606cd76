"""What goes in and out of the operations on parties and quotes."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import EmailAddress, GstNumber, Input, Line, Name, Phone, Text

Designation = Annotated[Line, Field(examples=["Purchase manager"])]


class PartyIn(Input):
    person_name: Name
    designation: Designation | None = None
    company_name: Name | None = None
    mobile_no: Phone | None = None
    email: EmailAddress | None = None
    gst_no: GstNumber | None = None
    address: Text | None = None


class PartyChanges(PartyIn):
    """Only what is given is changed; null clears what may be empty."""

    person_name: Name = ""


class Party(BaseModel):
    id: UUID
    person_name: str
    designation: str | None
    company_name: str | None
    mobile_no: str | None
    email: str | None
    gst_no: str | None
    address: str | None
    created_at: datetime
