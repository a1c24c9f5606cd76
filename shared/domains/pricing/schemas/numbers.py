"""Numbers of an input that are kept exactly."""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from shared.core.fields import PLAIN
from shared.domains.pricing.rules.numbers import PLACES, Count, exact, plain


class Between:
    """An exact number from 0 to `most`: a number or decimal string of at most 30 decimals becomes a Count."""

    def __init__(self, most: int) -> None:
        self.most = most
        fraction, below = f"(\\.[0-9]{{1,{PLACES}}})?", len(str(most)) - 1
        self.text = re.compile(f"^([0-9]{{1,{below}}}{fraction}|{most}(\\.0{{1,{PLACES}}})?)$")

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        shown = core_schema.plain_serializer_function_ser_schema(plain, return_schema=core_schema.str_schema())
        return core_schema.no_info_plain_validator_function(self._read, serialization=shown)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        number = {"type": "number", "minimum": 0, "maximum": self.most}
        return {"anyOf": [number, {"type": "string", "pattern": self.text.pattern}]}

    def _read(self, value: object) -> Count:
        if isinstance(value, str) and self.text.fullmatch(value):
            return exact(value)
        if not isinstance(value, int | float | Decimal) or value is True or value is False or not self._holds(value):
            raise _refused(f'Give a number from 0 to {self.most:,} in plain digits, like 12.5 or "12.5".')
        try:
            return exact(str(value))
        except ValueError as reason:
            raise _refused(f"This number cannot be kept exactly: {reason}.") from None

    def _holds(self, value: float | Decimal) -> bool:
        return (not isinstance(value, Decimal) or value.is_finite()) and 0 <= value <= self.most


def _refused(reason: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


PLIES = {"1": 1, "3": 3, "5": 5, "7": 7, "9": 9}


def _ply(value: object) -> object:
    """A ply as text, or as a number with .0, is taken; true is not 1."""
    if isinstance(value, str):
        return PLIES.get(value, value)
    return int(value) if isinstance(value, float) and value in PLIES.values() else "" if value is True else value


Ply = Annotated[
    Literal[1, 3, 5, 7, 9],
    BeforeValidator(_ply),
    WithJsonSchema({"enum": [*PLIES.values(), *PLIES], "examples": [5]}),
]
Length = Annotated[Count, Between(10_000)]
Grammage = Annotated[Count, Between(1_000)]
Amount = Annotated[Count, Between(10_000_000)]
PerKg = Annotated[Count, Between(100_000)]
BurstFactor = Annotated[Count, Between(1_000)]
Quantity = Annotated[int, Field(ge=1, le=10_000_000, examples=[1000]), PLAIN]
