"""What a tenant sets for its prices: papers, shades, rules, flutes, remembered rates."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ModelWrapValidatorHandler, RootModel, model_validator
from pydantic.config import JsonDict

from shared.core.fields import PLAIN, Input, Rate, Shape, SignedRate, decimal, filled_line
from shared.core.files import Csv
from shared.core.money import Money

BurstFactor = Annotated[Decimal, decimal("0", "1000", places=12, example="24"), PLAIN]
Grammage = Annotated[Decimal, decimal("0", "10000", places=12, example="101"), PLAIN]
Shade = Annotated[str, filled_line(60), Field(examples=["Kraft/Natural"])]
Letter = Annotated[str, Shape("^[A-Za-z]$", 1, "Give the letter of a flute, like B."), Field(examples=["B"])]

One = TypeVar("One", bound=BaseModel)


class Many(Input, Generic[One]):
    items: Annotated[list[One], Field(min_length=1, max_length=2000)]


class OneOrMany(RootModel[One | Many[One]], Generic[One]):
    """One thing, or `{"items": [...]}`; errors point into what was sent, not at the members of a union."""

    @model_validator(mode="wrap")
    @classmethod
    def choose(cls, value: Any, _: ModelWrapValidatorHandler[Any]) -> Any:
        one, many = get_args(cls.model_fields["root"].annotation)
        kind = many if isinstance(value, dict) and "items" in value else one
        return cls.model_construct(kind.model_validate(value))

    @property
    def items(self) -> list[One]:
        return self.root.items if isinstance(self.root, Many) else [self.root]


class Saved(BaseModel, Generic[One]):
    """In the order given; of two with the same key the later one."""

    items: list[One]


class PaperPriceIn(Input):
    bf: BurstFactor
    base_price: Rate


class PaperPricesIn(OneOrMany[PaperPriceIn]):
    """A price, or many."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"bf": 24, "base_price": "38.50"}]})


class PaperPrice(BaseModel):
    id: UUID
    bf: float
    base_price: Money
    updated_at: datetime


class ShadePremiumIn(Input):
    shade: Shade
    premium: SignedRate


class ShadePremiumsIn(OneOrMany[ShadePremiumIn]):
    """A premium, or many."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"shade": "Golden Kraft", "premium": "2.50"}]})


class ShadePremium(BaseModel):
    id: UUID
    shade: str
    premium: Money
    updated_at: datetime


class FlutingIn(Input):
    flute: Letter
    factor: Annotated[Decimal, decimal("0", "10", places=12, example="1.35"), PLAIN]
    height_mm: Annotated[Decimal, decimal("0", "100", places=12, example="2.5"), PLAIN]


class FlutingsIn(OneOrMany[FlutingIn]):
    """A flute, or many."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"flute": "B", "factor": 1.35, "height_mm": 2.5}]})


class Fluting(BaseModel):
    id: UUID
    flute: str
    factor: float
    height_mm: float
    updated_at: datetime


class RememberedRateIn(Input):
    bf: BurstFactor
    shade: Shade
    rate: Rate


class RememberedRatesIn(OneOrMany[RememberedRateIn]):
    """A rate, or many."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"bf": 24, "shade": "Golden Kraft", "rate": "41"}]})


class RememberedRate(BaseModel):
    id: UUID
    bf: float
    shade: str
    rate: Money
    updated_at: datetime


RULES: JsonDict = {
    "low_gsm_limit": 101, "low_gsm_adjustment": "1", "high_gsm_limit": 201, "high_gsm_adjustment": "1",
    "market_adjustment": "-0.50",
}  # fmt: skip


class RulesIn(Input):
    """Papers up to the low limit and from the high limit on are dearer (or cheaper) per kg; the market moves all."""

    model_config = ConfigDict(json_schema_extra={"examples": [RULES]})

    low_gsm_limit: Grammage
    low_gsm_adjustment: SignedRate
    high_gsm_limit: Grammage
    high_gsm_adjustment: SignedRate
    market_adjustment: SignedRate


class Rules(BaseModel):
    low_gsm_limit: float
    low_gsm_adjustment: Money
    high_gsm_limit: float
    high_gsm_adjustment: Money
    market_adjustment: Money


class PaperRateOut(BaseModel):
    """₹ per kg, and what it is made of."""

    rate: Money
    bf_base_price: Money
    gsm_adjustment: Money
    shade_premium: Money
    market_adjustment: Money


class PaperPriceFile(Csv):
    """CSV in UTF-8 with the columns bf and base_price, separated by commas, semicolons or tabs."""


class RefusedCell(BaseModel):
    row: int = Field(description="1 is the header")
    column: str
    reason: str


class ImportedPaperPrices(BaseModel):
    accepted: int
    refused: list[RefusedCell]
