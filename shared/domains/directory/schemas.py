"""What goes in and out of the operations of the platform's admins on users and tenants."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from shared.core.call import Role
from shared.core.fields import (
    CurrencyCode,
    EmailAddress,
    Input,
    Locale,
    Name,
    Phone,
    TimeZoneName,
    Verification,
    filled_line,
    line,
)
from shared.domains.directory.rules import TenantStatus, UserStatus

Search = Annotated[str, line(100)]
UNTOLD = "none was given; write to us to learn it"
GivenReason = Annotated[
    str,
    filled_line(500),
    Field(examples=["Bills unpaid for three months"], description="who is concerned gets it by mail"),
]


class UsersTenant(BaseModel):
    id: UUID
    name: str
    status: TenantStatus
    verification: Verification


class DirectoryUser(BaseModel):
    id: UUID
    email: str
    full_name: str
    role: Role
    status: UserStatus
    email_verified: bool
    created_at: datetime
    last_seen_at: datetime | None = Field(description="null for who has not been signed in for a day")
    tenant: UsersTenant


class DirectoryUserDetail(DirectoryUser):
    phone: str | None
    locale: str
    disabled_at: datetime | None
    disabled_reason: str | None
    second_factor: bool = Field(description="whether signing in wants more than the password")
    sessions: int = Field(description="that are open")


class NewUser(Input):
    """Without `tenant_id` the owner of a new tenant, named `company_name` or as the user; with it a member of that
    tenant, `staff` unless `role` says otherwise."""

    email: EmailAddress
    full_name: Name
    tenant_id: UUID | None = None
    company_name: Name | None = None
    role: Role | None = None

    @field_validator("company_name")
    @classmethod
    def one_tenant(cls, name: str | None, given: ValidationInfo) -> str | None:
        if name and given.data.get("tenant_id"):
            raise PydanticCustomError("refused", "Give tenant_id to join a tenant, or company_name to found one.")
        return name

    @field_validator("role")
    @classmethod
    def founds_as_owner(cls, role: Role | None, given: ValidationInfo) -> Role | None:
        founds = "tenant_id" in given.data and given.data["tenant_id"] is None  # absent: it was refused itself
        if founds and role not in (None, "owner"):
            advice = "The first member of a new tenant is its owner: leave role out, or give tenant_id to join one."
            raise PydanticCustomError("refused", advice)
        return role


class DirectoryUserChanges(Input):
    """Only what is given is changed; null clears a phone number."""

    full_name: Name = ""
    phone: Phone | None = None
    locale: Locale = "en-IN"
    email: EmailAddress = ""


class UserRole(Input):
    role: Role


class Disabling(Input):
    reason: GivenReason = UNTOLD


class DirectoryTenant(BaseModel):
    id: UUID
    name: str
    status: TenantStatus
    verification: Verification
    created_at: datetime
    trial_ends_at: datetime | None
    member_count: int


class DirectoryMember(BaseModel):
    id: UUID = Field(description="of the user")
    full_name: str
    email: str
    role: Role
    status: UserStatus
    joined_at: datetime


class DirectoryTenantDetail(DirectoryTenant):
    time_zone: str
    currency: str
    address: str | None
    phone: str | None
    email: str | None
    gst_no: str | None
    state_code: str | None
    website: str | None
    submitted_at: datetime | None = Field(description="for verification")
    decided_at: datetime | None
    decision_note: str | None
    suspended_at: datetime | None
    suspension_reason: str | None
    closed_at: datetime | None
    erase_at: datetime | None
    members: list[DirectoryMember] = Field(
        description="owners first, 100 at most; `GET /api/admin/users?tenant_id=` has all"
    )


class NewOwner(Input):
    email: EmailAddress
    full_name: Name


class NewTenant(Input):
    company_name: Name
    owner: NewOwner
    time_zone: TimeZoneName = "Asia/Kolkata"
    currency: CurrencyCode = "INR"


class Suspension(Input):
    reason: GivenReason = UNTOLD
