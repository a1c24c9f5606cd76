"""What goes in and out of operations on admins' second factors, beside what users' have too."""

from typing import Annotated

from pydantic import Field

from shared.core.fields import Input, Shape
from shared.domains.second_factor.public import SteppedUp


class AppCode(Input):
    totp_code: Annotated[
        str,
        Shape("^[0-9]{3} ?[0-9]{3}$", 7, "Give the six digits that the app shows, or that were sent."),
        Field(examples=["492039"]),
    ]


class FactorShown(SteppedUp):
    enrolled: bool = Field(description="it confirmed a set-up: from now on logging in wants the factor")
    refresh_needed: bool = Field(description="the access token can still do no more than enrol: refresh it")
