"""The words of a coupon."""

import re
from datetime import UTC, date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from shared.core.fields import PLAIN, Shape, decimal, filled_line

CouponType = Literal["percentage", "fixed_amount"]
AppliesTo = Literal["subscription", "invoice", "all"]
Duration = Literal["once", "repeating", "forever"]
PlanId = Annotated[str, filled_line(100), Field(description="opaque, compared for equality", examples=["pro-yearly"])]
TriedCode = Annotated[str, filled_line(60), AfterValidator(str.upper), Field(examples=["WELCOME20"])]


def _written(pattern: str, advice: str) -> BeforeValidator:
    """Without this, numbers would pass for seconds since 1970."""

    def check(value: object) -> object:
        if isinstance(value, str) and re.fullmatch(pattern, value):
            return value
        raise PydanticCustomError("refused", "{advice}", {"advice": advice})

    return BeforeValidator(check)


CODE = "^[A-Za-z0-9][A-Za-z0-9_-]{2,29}$"
NewCode = Annotated[
    str,
    Shape(CODE, 30, "Give 3 to 30 letters (A-Z), digits, - or _, beginning with a letter or digit."),
    AfterValidator(str.upper),
    Field(description="kept in capitals", examples=["WELCOME20"]),
]
DiscountValue = Annotated[
    Decimal,
    decimal("0.0001", "999999999.99", places=4, example="20"),
    PLAIN,
    Field(description="percent of at most 100, or an amount of two decimals"),
]
Count = Annotated[int, Field(ge=1, le=1_000_000_000), PLAIN]
Moment = Annotated[
    AwareDatetime,
    _written(r"2\d{3}-\d\d-\d\d[Tt]\d\d:\d\d.*", "Give a time with its zone, like 2027-03-31T18:30:00Z."),
    AfterValidator(lambda moment: moment.astimezone(UTC)),  # PostgreSQL knows no zone beyond 16 hours
    Field(examples=["2027-03-31T18:30:00Z"], json_schema_extra={"pattern": "^2[0-9]{3}-"}),
]
Day = Annotated[
    date,
    _written(r"2\d{3}-\d\d-\d\d", "Give a day like 2026-11-30."),
    Field(description="UTC, included", examples=["2026-11-30"]),
]
CouponStatus = Literal["pending_approval", "active", "rejected", "disabled", "expired"]
