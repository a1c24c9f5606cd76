"""Statements of this domain."""

from sqlalchemy import Insert, Text, column, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.tables import Rows
from shared.domains.platform.rows import AliveRow, SettingRow
from shared.domains.platform.tables import platform_settings


@query.one(AliveRow)
def alive() -> Rows:
    return select(literal(1).label("alive"))


@query.all_(SettingRow)
def settings() -> Rows:
    return select(platform_settings.c.key, platform_settings.c.value)


@query.later
def save_settings(*, changes: dict[str, str]) -> Insert:
    """Those that are named; the others stay."""
    given = func.jsonb_each_text(changes).table_valued(column("key", Text), column("value", Text))
    saved = insert(platform_settings).from_select(["key", "value"], select(given.c.key, given.c.value))
    return saved.on_conflict_do_update(index_elements=["key"], set_={"value": saved.excluded.value})
