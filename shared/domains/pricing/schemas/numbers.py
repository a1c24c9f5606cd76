"""Numbers of an input that are kept exactly."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from shared.core.fields import PLAIN
from shared.domains.pricing.rules.numbers import ONE, exact, plain


@dataclass(frozen=True)
class Between:
    """An exact number: a JSON number or decimal string of at most 17 decimals becomes a count of 10^-18, unrounded."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        shown = core_schema.plain_serializer_function_ser_schema(plain, return_schema=core_schema.str_schema())
        return core_schema.no_info_plain_validator_function(self._read, serialization=shown)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        number = {"type": "number", "minimum": self.least, "maximum": self.most}
        return {"anyOf": [number, {"type": "string", "format": "decimal"}]}

    def _read(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
            raise _refused('Give a number, like 12.5 or "12.5".')
        if isinstance(value, int) and not self.least <= value <= self.most:
            raise self._outside()
        try:
            count = exact(str(value))
        except ValueError as reason:
            raise _refused(f"This is no number that can be kept exactly: {reason}.") from None
        if not self.least * ONE <= count <= self.most * ONE:
            raise self._outside()
        return count

    def _outside(self) -> PydanticCustomError:
        return _refused(f"Give a number from {self.least} to {self.most:,}.")


def _refused(reason: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


def _whole(value: object) -> object:
    """Lets "5" and 5.0 pass for 5, and no true for 1."""
    if (isinstance(value, str) and value.isdigit()) or (isinstance(value, float) and value.is_integer()):
        return int(value)
    return "" if isinstance(value, bool) else value


PLIES = [1, 3, 5, 7, 9]
Ply = Annotated[
    Literal[1, 3, 5, 7, 9],
    BeforeValidator(_whole),
    WithJsonSchema({"enum": [*PLIES, *map(str, PLIES)], "examples": [5]}),
]
Length = Annotated[int, Between(0, 10_000)]
Grammage = Annotated[int, Between(0, 1_000)]
Amount = Annotated[int, Between(0, 10_000_000)]
PerKg = Annotated[int, Between(0, 100_000)]
BurstFactor = Annotated[int, Between(0, 1_000)]
Quantity = Annotated[int, Field(ge=1, le=10_000_000, examples=[1000]), PLAIN]
