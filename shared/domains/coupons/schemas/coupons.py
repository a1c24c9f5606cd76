"""The words of a coupon."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from shared.core.fields import PLAIN, Shape, decimal, filled_line, written

CouponType = Literal["percentage", "fixed_amount"]
AppliesTo = Literal["subscription", "invoice", "all"]
Duration = Literal["once", "repeating", "forever"]
PlanId = Annotated[str, filled_line(100), Field(description="opaque, compared for equality", examples=["pro-yearly"])]
TriedCode = Annotated[str, filled_line(60), AfterValidator(str.upper), Field(examples=["WELCOME20"])]
NewCode = Annotated[
    str,
    Shape(
        "^[A-Za-z0-9][A-Za-z0-9_-]{2,29}$",
        30,
        "Give 3 to 30 letters (A-Z), digits, - or _, beginning with a letter or digit.",
    ),
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
Day = Annotated[
    date,
    written(r"2\d{3}-\d\d-\d\d", "Give a day like 2026-11-30."),
    Field(description="UTC, included", examples=["2026-11-30"]),
]
CouponStatus = Literal["pending_approval", "active", "rejected", "disabled", "expired"]
