"""Types of input fields that the domains share: each refuses in words that help, and its JSON schema says as much."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic.config import JsonDict
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from shared.core import gstin, passwords

LINE = r"^[^\x00-\x1f\x7f]*$"
# Besides controls what takes no room on a page: a name of these alone would be seen by nobody.
UNSEEN = r"\s\x00-\x1f\x7f\u00ad\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
FILLED_LINE = rf"^[^\x00-\x1f\x7f]*[^{UNSEEN}][^\x00-\x1f\x7f]*$"
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
FILLED_LINES = rf"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[^{UNSEEN}][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
NUMERAL = re.compile(r"(?!-[0.]*$)-?[0-9]{1,30}(\.[0-9]{1,30})?")


@dataclass(frozen=True)
class Shape:
    """Text that matches `pattern` and has `least` to `longest` characters; whatever else is answered with `advice`.

    Also refuses half surrogate pairs and, as every pattern does, NUL: PostgreSQL stores neither.
    """

    pattern: str
    longest: int
    advice: str
    trimmed: bool = True  # of blanks around it, before anything is judged
    least: int = 0

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(
            pattern=self.pattern,
            min_length=self.least or None,
            max_length=self.longest,
            strip_whitespace=self.trimmed,
            strict=True,
        )
        return core_schema.custom_error_schema(text, "text", custom_error_message=self.advice)


def line(longest: int) -> Shape:
    """One line of text, which may be empty; blanks around it are dropped."""
    return Shape(LINE, longest, f"Give one line of text of at most {longest} characters.")


def filled_line(longest: int, least: int = 1) -> Shape:
    """One line of text that says something; blanks around it are dropped."""
    return Shape(FILLED_LINE, longest, f"Give one line of text of {least} to {longest} characters.", least=least)


def lines(longest: int) -> Shape:
    """Text of any number of lines, which may be empty; blanks around it are dropped."""
    return Shape(LINES, longest, f"Give text of at most {longest} characters, without control characters.")


def filled_lines(longest: int, least: int = 1) -> Shape:
    """Text of any number of lines that says something; blanks around it are dropped."""
    return Shape(FILLED_LINES, longest, f"Give text of {least} to {longest:,} characters.", least=least)


def decimal(low: str, high: str, *, places: int, example: str) -> Any:
    """An exact number from `low` to `high`: a decimal string or a JSON number. PLAIN follows it."""
    sign, digits = "-?" if low.startswith("-") else "", len(str(int(Decimal(high))))
    text: JsonDict = {"type": "string", "pattern": f"^{sign}[0-9]{{1,{digits}}}(\\.[0-9]{{1,{places}}})?$"}
    number: JsonDict = {"type": "number", "minimum": float(low), "maximum": float(high)}
    return Field(
        ge=Decimal(low),
        le=Decimal(high),
        decimal_places=places,
        examples=[example],
        json_schema_extra={"anyOf": [text, number]},
    )


def written(pattern: str, advice: str) -> BeforeValidator:
    """Text of this pattern, for a time or day: pydantic alone would take a number too, as seconds since 1970."""

    def check(value: object) -> object:
        if isinstance(value, str) and re.fullmatch(pattern, value):
            return value
        raise _refused(advice)

    return BeforeValidator(check)


class Input(BaseModel):
    """Base of everything a caller sends: unknown fields, NaN and infinity are refused, and text has a shape."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        for name, field in cls.model_fields.items():
            if not _has_shape(field.metadata) and _has_bare_text(field.annotation):
                raise TypeError(f"{cls.__name__}.{name}: a bare str; take Name, Text … or Annotated[str, line(80)]")


def _has_shape(metadata: Iterable[object]) -> bool:
    return any(isinstance(part, Shape) for part in metadata)


def _has_bare_text(annotation: Any) -> bool:
    if hasattr(annotation, "__metadata__"):
        return not _has_shape(annotation.__metadata__) and _has_bare_text(annotation.__origin__)
    return annotation is str or any(_has_bare_text(part) for part in get_args(annotation))


def _refused(reason: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


def _email_address(text: str) -> str:
    """In lower case, the domain in ASCII (IDNA), so that equal addresses are equal texts."""
    import email_validator

    email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()  # .test, .local …: whether mail arrives there is not syntax
    try:
        found = email_validator.validate_email(
            text.strip(" "), strict=True, allow_smtputf8=False, check_deliverability=False, globally_deliverable=False
        )
    except email_validator.EmailNotValidError as reason:
        raise _refused(str(reason)) from None
    address = (found.ascii_email or "").lower()
    if len(address) > 254:
        raise _refused("An e-mail address has at most 254 characters.")
    if address.rpartition(".")[2].isdigit():
        raise _refused("The part after the @-sign must be a domain name like example.com.")
    return address


def _gst_number(text: str) -> str:
    number = text.upper()
    if fault := gstin.fault(number):
        raise _refused(fault)
    return number


def _state_code(text: str) -> str:
    if text not in gstin.STATES:
        raise _refused("Give the two digits of the state in a GSTIN, like 27 for Maharashtra.")
    return text


def _time_zone_name(text: str) -> str:
    if text not in _time_zones():
        raise _refused("Give a name of the IANA time zone database, like Asia/Kolkata.")
    return text


@cache
def _time_zones() -> frozenset[str]:
    """From the tzdata package, so that every machine knows the same ones."""
    from importlib.resources import files

    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def _new_password(text: str) -> str:
    try:
        return passwords.check(text)
    except passwords.PasswordRefused as reason:
        raise _refused(str(reason)) from None


def _plain(value: object) -> object:
    """Lets pass what people take for a number: no booleans, no exponents or underscores in text, no minus zero."""
    if isinstance(value, bool):
        raise _refused("Give a number, not true or false.")
    if isinstance(value, str) and not NUMERAL.fullmatch(value):
        raise _refused('Give a number in plain digits, like 12.5 or "12.5".')
    if isinstance(value, Decimal) and not (value.is_finite() and -40 < value.adjusted() < 40):
        raise _refused("Give a number of ordinary size.")
    return value or 0 if isinstance(value, int | float | Decimal) else value


Name = Annotated[str, filled_line(200), Field(examples=["Sharma Packaging"])]
Line = Annotated[str, line(300), Field(examples=["100% advance"])]
Text = Annotated[str, lines(2000), Field(examples=["12 Industrial Estate\nPune 411001"])]

EmailAddress = Annotated[
    str,
    Shape(LINE, 320, "Give an e-mail address like name@example.com.", trimmed=False),
    AfterValidator(_email_address),
    Field(examples=["owner@example.com"], json_schema_extra={"format": "email", "maxLength": 254}),
]
Password = Annotated[
    str,
    Shape(r"^[^\x00]*$", passwords.LONGEST, f"A password has at most {passwords.LONGEST} characters.", trimmed=False),
    Field(examples=["a long phrase is fine"], json_schema_extra={"format": "password"}),
]
NewPassword = Annotated[
    Password, AfterValidator(_new_password), Field(json_schema_extra={"minLength": passwords.SHORTEST})
]
Phone = Annotated[
    str,
    Shape(
        r"^[+(]?[0-9](?:[ ()./-]{0,3}[0-9]){5,14}$", 40, "Give a phone number of 6 to 15 digits, like +91 98765 43210."
    ),
    Field(examples=["+91 98765 43210"]),
]
Website = Annotated[
    str,
    Shape(
        r'^https?://[^\s\x00-\x1f\x7f/?#@:\\<>"]+(?::[0-9]{1,5})?(?:[/?#][^\s\x00-\x1f\x7f<>"]*)?$',
        500,
        "Give the address of a website, like https://www.example.com.",
    ),
    Field(examples=["https://www.example.com"]),
]
Locale = Annotated[
    str,
    Shape("^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$", 11, "Give a language, and a country if it matters: en-IN."),
    Field(examples=["en-IN"]),
]
GstNumber = Annotated[
    str,
    filled_line(30),
    AfterValidator(_gst_number),
    Field(examples=["27AAPFU0939F1ZV"], json_schema_extra={"format": "gstin", "pattern": gstin.PATTERN}),
]
StateCode = Annotated[
    str,
    Shape("^[0-9]{2}$", 2, "Give the two digits of the state in a GSTIN, like 27 for Maharashtra."),
    AfterValidator(_state_code),
    Field(examples=["27"], json_schema_extra={"enum": list(gstin.STATES)}),
]
TimeZoneName = Annotated[
    str,
    filled_line(64),
    AfterValidator(_time_zone_name),
    Field(examples=["Asia/Kolkata"], json_schema_extra={"format": "time-zone"}),
]
CurrencyCode = Literal["INR", "AED", "AUD", "BDT", "CAD", "EUR", "GBP", "LKR", "NPR", "SGD", "USD"]  # of two decimals
Verification = Literal["not_submitted", "pending", "approved", "rejected"]  # of a tenant, by the platform
Moment = Annotated[
    AwareDatetime,
    written(r"2\d{3}-\d\d-\d\d[Tt]\d\d:\d\d.*", "Give a time with its zone, like 2027-03-31T18:30:00Z."),
    AfterValidator(lambda moment: moment.astimezone(UTC)),  # PostgreSQL knows no zone beyond 16 hours
    Field(examples=["2027-03-31T18:30:00Z"], json_schema_extra={"pattern": "^2[0-9]{3}-"}),
]

# Comes after the bounds of any number, else it hides them from OpenAPI: Annotated[int, Field(ge=1, le=9), PLAIN].
PLAIN = BeforeValidator(_plain)
Amount = Annotated[Decimal, decimal("0", "9999999999999.99", places=2, example="199.80"), PLAIN]  # of money
Rate = Annotated[Decimal, decimal("0", "999999999", places=12, example="36.50"), PLAIN]  # money per unit
SignedRate = Annotated[Decimal, decimal("-999999999", "999999999", places=12, example="-0.50"), PLAIN]
Percent = Annotated[Decimal, decimal("0", "100", places=4, example="18"), PLAIN]
