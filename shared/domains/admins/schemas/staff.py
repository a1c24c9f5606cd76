"""What goes in and out of operations on the staff."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from shared.core.fields import EmailAddress, Input, Name, filled_line
from shared.core.permissions import PERMISSIONS
from shared.domains.admins.schemas.accounts import AdminProfile, AdminRole


def _permission(text: str) -> str:
    if text not in PERMISSIONS:
        raise PydanticCustomError("refused", "There is no such permission.")
    return text


Permission = Annotated[
    str,
    filled_line(60),
    AfterValidator(_permission),
    Field(examples=["assign_ticket"], json_schema_extra={"enum": sorted(PERMISSIONS)}),
]
StaffStatus = Literal["active", "disabled"]


class NewStaff(Input):
    email: EmailAddress
    full_name: Name
    role: AdminRole


class StaffChanges(Input):
    """Only what is given is changed."""

    full_name: Name = ""
    role: AdminRole = "support_viewer"
    status: StaffStatus = "active"


class StaffPermissions(Input):
    permissions: Annotated[list[Permission], Field(max_length=len(PERMISSIONS))] = Field(
        description="all that are to be granted besides those of the role"
    )


class StaffMember(AdminProfile):
    granted: list[str] = Field(description="permissions besides those of the role")
    status: StaffStatus
    last_seen_at: datetime | None = Field(description="null for who has not been logged in for 90 days")


class BreakGlassCode(BaseModel):
    code: str = Field(description="shown this once: write it down and lock it away")
