"""What goes in and out of the operations on members, invites and API keys."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.call import Role
from shared.core.fields import EmailAddress, Input, Moment, filled_line

KeyScope = Literal[
    "coupons:read",
    "coupons:write",
    "parties:read",
    "parties:write",
    "pricing:read",
    "pricing:write",
    "quotes:read",
    "quotes:write",
    "support:read",
    "support:write",
    "tenant:read",
    "tenant:write",
]


class Member(BaseModel):
    id: UUID = Field(description="of the user")
    full_name: str
    email: str
    role: Role
    joined_at: datetime
    last_seen_at: datetime | None = Field(description="null for who has not been signed in for a day")


class RoleChange(Input):
    role: Role


class InviteIn(Input):
    email: EmailAddress
    role: Role


class Invite(BaseModel):
    id: UUID
    email: str
    role: Role
    created_at: datetime
    expires_at: datetime


class InviteToken(Input):
    token: Annotated[str, filled_line(200), Field(examples=["pKq0cQp8Zy1bM3vT5xW7nR9uL2aH4sD6fG8jK0lZxCv"])]


class KeyIn(Input):
    name: Annotated[str, filled_line(80), Field(examples=["Our web shop"])]
    scopes: Annotated[list[KeyScope], Field(min_length=1, max_length=20)]
    expires_at: Moment | None = None


class Key(BaseModel):
    id: UUID
    name: str
    prefix: str = Field(description="how the key begins")
    scopes: list[KeyScope]
    user_id: UUID = Field(description="of its maker, in whose name it acts")
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class NewKey(Key):
    key: str = Field(description="the key itself, shown this once")
