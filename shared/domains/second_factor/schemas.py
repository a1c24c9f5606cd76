"""What goes in and out of operations on second factors."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from shared.core.fields import Input, Password, Shape, filled_line

Method = Literal["totp", "backup_code"]
Code = Annotated[
    str,
    Shape("^[0-9A-Za-z -]{6,20}$", 20, "Give the six digits that the app shows, or a backup code."),
    Field(examples=["492039"]),
]


class GivenCode(Input):
    code: Code


class ChallengeAnswer(Input):
    challenge_token: Annotated[
        str, filled_line(200), Field(examples=["Q0R2Zk1hV3d4eXpBQkNERUZHSElKS0xNTk9QUVJTVFVWV1g"])
    ]
    code: Code


class Removal(Input):
    password: Password
    code: Code


class SteppedUp(BaseModel):
    factor_at: datetime = Field(description="when the second factor was shown; it is fresh for five minutes")


class SetUp(BaseModel):
    """Shown once; a new set-up replaces it, and after 15 minutes without a code it is forgotten."""

    secret: str = Field(description="base32")
    otpauth_url: str
    qr_png: str = Field(description="the URL as a QR code: a data URI")


class BackupCodes(BaseModel):
    backup_codes: list[str] = Field(description="each works once; shown once")


class Challenge(BaseModel):
    """The password was right; now the second factor is wanted, under /api/v1/2fa/verify."""

    mfa_required: Literal[True] = True
    challenge_token: str
    methods: list[Method]
    expires_in: int = Field(description="seconds")


class Status(BaseModel):
    enabled: bool
    enabled_at: datetime | None
    methods: list[Method]
    backup_codes_left: int
    blocked: bool = Field(description="codes of the app are refused until a backup code was used")
