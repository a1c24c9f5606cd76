"""Rows of the pricing queries."""

from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID


class SettingsRow(NamedTuple):
    settings: dict[str, Any]


class PaperPriceRow(NamedTuple):
    id: UUID
    bf: Decimal
    base_price: Decimal
    created_at: datetime
    updated_at: datetime


class ShadePremiumRow(NamedTuple):
    id: UUID
    shade: str
    premium: Decimal
    created_at: datetime
    updated_at: datetime


class RulesRow(NamedTuple):
    low_gsm_limit: Decimal
    low_gsm_adjustment: Decimal
    high_gsm_limit: Decimal
    high_gsm_adjustment: Decimal
    market_adjustment: Decimal
    updated_at: datetime


class FlutingRow(NamedTuple):
    id: UUID
    flute: str
    factor: Decimal
    height_mm: Decimal
    created_at: datetime
    updated_at: datetime


class RememberedRateRow(NamedTuple):
    id: UUID
    bf: Decimal
    shade: str
    rate: Decimal
    created_at: datetime
    updated_at: datetime
