"""What goes in and out of operations on admins."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.fields import EmailAddress, Input, Name, NewPassword, Password, filled_line

AdminRole = Literal["super_admin", "support_staff", "support_viewer", "marketing_staff", "finance_admin"]
Secret = Annotated[str, filled_line(200), Field(examples=["Q0R2Zk1hV3d4eXpBQkNERUZHSElKS0xNTk9QUVJTVFVWV1g"])]


class NewAdmin(Input):
    """The first super admin, or another one, made by whoever runs the platform."""

    email: EmailAddress
    full_name: Name = "Super admin"


class SetPasswordLink(BaseModel):
    """Works once, within a day."""

    email: str
    link: str


class AdminPassword(Input):
    token: Secret
    password: NewPassword


class AdminCredentials(Input):
    email: EmailAddress
    password: Password
    break_glass_code: Secret | None = Field(None, description="in an emergency, from an address not on the list")


class AdminRefresh(Input):
    refresh_token: Secret


class Admin(BaseModel):
    id: UUID
    email: str
    full_name: str
    role: AdminRole
    permissions: list[str] = Field(description="of the role, and granted besides")
    created_at: datetime


class AdminProfile(Admin):
    second_factors: list[str] = Field(description="what he shows besides the password; empty: nothing")


class AdminTokens(BaseModel):
    access_token: str
    refresh_token: str = Field(description="works once")
    token_type: Literal["Bearer"]
    expires_in: int = Field(description="seconds that the access token lives")


class AdminSignedIn(AdminTokens):
    admin: Admin
    session_expires_at: datetime = Field(description="then he has to log in again, however busy he is")
    must_enrol: bool = Field(description="he can only set up a second factor, and refresh then")


class AdminSession(BaseModel):
    id: UUID
    device: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    current: bool
