"""What goes in and out of identity's operations."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from shared.core.call import Role
from shared.core.fields import (
    CurrencyCode,
    EmailAddress,
    GstNumber,
    Input,
    Locale,
    Name,
    NewPassword,
    Password,
    Phone,
    StateCode,
    Text,
    TimeZoneName,
    Website,
    filled_line,
)

Secret = Annotated[str, filled_line(200), Field(examples=["Q0R2Zk1hV3d4eXpBQkNERUZHSElKS0xNTk9QUVJTVFVWV1g"])]


class SignUp(Input):
    email: EmailAddress
    password: NewPassword
    full_name: Name
    company_name: Name
    invite_token: Secret | None = None


class Credentials(Input):
    email: EmailAddress
    password: Password


class RefreshToken(Input):
    refresh_token: Secret


class LinkToken(Input):
    token: Secret


class ForgottenPassword(Input):
    email: EmailAddress


class PasswordReset(Input):
    token: Secret
    password: NewPassword


class PasswordChange(Input):
    current_password: Password
    new_password: NewPassword


class Session(BaseModel):
    id: UUID
    device: str = Field(examples=["Chrome on Windows"])
    address: str = Field(description="the IP address it was opened from")
    created_at: datetime
    last_seen_at: datetime
    current: bool = Field(description="the one that asks")
    user_id: UUID = Field(description="in whose name; owners see those of support in the name of any member")
    impersonated_by: str | None = Field(
        description="who of our support acts in it; null: the user", examples=["BoxCostPro support (Nikhil Rao)"]
    )


class User(BaseModel):
    id: UUID
    email: str
    full_name: str
    role: Role
    email_verified: bool


class TenantSummary(BaseModel):
    id: UUID
    name: str
    time_zone: str
    currency: str


class Account(BaseModel):
    user: User
    tenant: TenantSummary


class Tokens(BaseModel):
    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"]
    expires_in: int = Field(description="seconds")


class SignedIn(Tokens):
    user: User
    tenant: TenantSummary


class Profile(BaseModel):
    id: UUID
    email: str
    full_name: str
    phone: str | None
    locale: str
    email_verified: bool


class ProfileChanges(Input):
    """Only what is given is changed; null clears a phone number."""

    full_name: Name = ""
    phone: Phone | None = None
    locale: Locale = "en-IN"


class Tenant(BaseModel):
    id: UUID
    name: str
    time_zone: str
    currency: str
    address: str | None
    phone: str | None
    email: str | None
    gst_no: str | None
    state_code: str | None
    website: str | None


class TenantChanges(Input):
    """Only what is given is changed; null clears what may be empty."""

    name: Name = ""
    time_zone: TimeZoneName = "Asia/Kolkata"
    currency: CurrencyCode = "INR"
    address: Text | None = None
    phone: Phone | None = None
    email: EmailAddress | None = None
    gst_no: GstNumber | None = None
    state_code: StateCode | None = None
    website: Website | None = None

    @model_validator(mode="after")
    def state_of_gst_no(self) -> Self:
        """The first two digits of a GSTIN are its state."""
        if self.gst_no and not self.state_code:
            self.state_code = self.gst_no[:2]
        return self
