"""What goes in and out of operations on second factors."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from shared.core.fields import Input, Password, Shape, filled_line

Method = Literal["totp", "email", "sms"]
Shown = Method | Literal["backup_code"]
MobileNumber = Annotated[
    str,
    Shape(r"^\+[1-9](?:[ -]?[0-9]){7,14}$", 30, "Give the number with the code of its country, like +91 98765 43210."),
    AfterValidator(lambda number: "+" + "".join(filter(str.isdigit, number))),
    Field(examples=["+91 98765 43210"]),
]
Code = Annotated[
    str,
    Shape("^[0-9A-Za-z -]{6,20}$", 20, "Give the six digits that the app shows or that were sent, or a backup code."),
    Field(examples=["492039"]),
]


ChallengeToken = Annotated[str, filled_line(200), Field(examples=["Q0R2Zk1hV3d4eXpBQkNERUZHSElKS0xNTk9QUVJTVFVWV1g"])]


class NewFactor(Input):
    """Where its codes come from: an authenticator app, or, which is weaker, mails or text messages."""

    method: Method = "totp"
    phone: MobileNumber | None = Field(None, description="for sms alone")


class GivenCode(Input):
    code: Code


class ConfirmingCode(Input):
    code: Code | None = Field(None, description="judged, where one is given")


class ChallengeAnswer(Input):
    challenge_token: ChallengeToken
    code: Code


class Challenged(Input):
    challenge_token: ChallengeToken


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


class CodeSent(BaseModel):
    """A code of six digits is under way; the newest one counts."""

    method: Literal["email", "sms"]
    sent_to: str = Field(description="as much of the address or number as its owner recognises")
    expires_in: int = Field(description="seconds that the code counts")
    weak: Literal[True] = Field(True, description="an authenticator app is safer")


class BackupCodes(BaseModel):
    backup_codes: list[str] = Field(description="each works once; shown once")


class SetUpWithBackupCodes(SetUp, BackupCodes):
    """The backup codes count from the first code of the app on."""


class CodeSentWithBackupCodes(CodeSent, BackupCodes):
    """The backup codes count from the first code on."""


class BackupCodesLeft(BaseModel):
    backup_codes_left: int
    expires_at: datetime | None = Field(description="null: they do not expire")


class Challenge(BaseModel):
    """The password was right; now the second factor is wanted."""

    mfa_required: Literal[True] = True
    challenge_token: str
    methods: list[Shown]
    expires_in: int = Field(description="seconds")
    weak: bool = Field(description="codes are sent, by mail or text message; the first one is under way")
    sent_to: str | None = Field(description="as much of the address or number as its owner recognises")


class Status(BaseModel):
    enabled: bool
    enabled_at: datetime | None
    methods: list[Shown]
    weak: bool = Field(description="codes are sent, by mail or text message; an authenticator app is safer")
    backup_codes_left: int
    blocked: bool = Field(description="codes are refused until a backup code was used")
