"""Statements of this domain. Row-level security keeps each to its tenant; inserts carry it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Delete, Insert, Table, Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.dialects.postgresql import Insert as Upsert

from shared.core import query
from shared.core.paging import After
from shared.core.tables import Rows, oldest_first, recordset
from shared.domains.pricing.rows import (
    FlutingRow,
    PaperPriceRow,
    RememberedRateRow,
    RulesRow,
    SettingsRow,
    ShadePremiumRow,
)
from shared.domains.pricing.tables import (
    fluting_settings,
    paper_bf_prices,
    paper_pricing_rules,
    rate_memory,
    shade_premiums,
)

Items = list[dict[str, Any]]  # travels as one jsonb array


@query.one(SettingsRow)
def settings() -> Rows:
    """Everything that prices depend on, as one document: the function is in migration 0002."""
    return select(func.pricing_settings(type_=JSONB).label("settings"))


def _page(table: Table, row: type[Any], after: After | None, limit: int) -> Rows:
    """In the order of creation."""
    return oldest_first(select(*_shown(table, row)), table.c.created_at, table.c.id, after, limit)


def _save(table: Table, items: Any, tenant: Any, now: Any, key: tuple[str, ...], *values: str) -> Upsert:
    """Items with `id`, `key` and `values` are added; one whose key is known changes the values only. In the order of
    the keys, so that of two at once one waits for the other, and not each for each."""
    names = ["id", *key, *values]
    given = recordset(items, *(table.c[name] for name in names))
    at = cast(now, DateTime(timezone=True))
    adding = insert(table).from_select(
        [*names, "tenant_id", "created_at", "updated_at"],
        select(*(given.c[name] for name in names), cast(tenant, Uuid), at, at).order_by(
            *(given.c[name] for name in key)
        ),
    )
    changes = {name: adding.excluded[name] for name in (*values, "updated_at")}
    return adding.on_conflict_do_update(index_elements=["tenant_id", *key], set_=changes)


def _shown(table: Table, row: type[Any]) -> list[Any]:
    return [table.c[name] for name in row._fields]


def _saved_paper_prices(items: Any, tenant: Any, now: Any) -> Upsert:
    return _save(paper_bf_prices, items, tenant, now, ("bf",), "base_price")


def _saved_shade_premiums(items: Any, tenant: Any, now: Any) -> Upsert:
    return _save(shade_premiums, items, tenant, now, ("shade_key",), "shade", "premium")


def _saved_flutings(items: Any, tenant: Any, now: Any) -> Upsert:
    return _save(fluting_settings, items, tenant, now, ("flute",), "factor", "height_mm")


@query.all_(PaperPriceRow)
def paper_prices(*, after: After | None, limit: int) -> Rows:
    return _page(paper_bf_prices, PaperPriceRow, after, limit)


@query.all_(PaperPriceRow)
def save_paper_prices(*, items: Items, tenant: UUID, now: datetime) -> Insert:
    return _saved_paper_prices(items, tenant, now).returning(*_shown(paper_bf_prices, PaperPriceRow))


@query.later
def add_paper_prices(*, items: Items, tenant: UUID, now: datetime) -> Insert:
    return _saved_paper_prices(items, tenant, now)


@query.all_(ShadePremiumRow)
def premiums(*, after: After | None, limit: int) -> Rows:
    return _page(shade_premiums, ShadePremiumRow, after, limit)


@query.all_(ShadePremiumRow)
def save_premiums(*, items: Items, tenant: UUID, now: datetime) -> Insert:
    return _saved_shade_premiums(items, tenant, now).returning(*_shown(shade_premiums, ShadePremiumRow))


@query.later
def add_premiums(*, items: Items, tenant: UUID, now: datetime) -> Insert:
    return _saved_shade_premiums(items, tenant, now)


@query.all_(FlutingRow)
def flutings(*, after: After | None, limit: int) -> Rows:
    return _page(fluting_settings, FlutingRow, after, limit)


@query.all_(FlutingRow)
def save_flutings(*, items: Items, tenant: UUID, now: datetime) -> Insert:
    return _saved_flutings(items, tenant, now).returning(*_shown(fluting_settings, FlutingRow))


@query.later
def add_flutings(*, items: Items, tenant: UUID, now: datetime) -> Insert:
    return _saved_flutings(items, tenant, now)


@query.count
def delete_fluting(*, id: UUID) -> Delete:
    return fluting_settings.delete().where(fluting_settings.c.id == id)


@query.all_(RememberedRateRow)
def remembered_rates(*, after: After | None, limit: int) -> Rows:
    return _page(rate_memory, RememberedRateRow, after, limit)


@query.all_(RememberedRateRow)
def save_remembered_rates(*, items: Items, tenant: UUID, now: datetime) -> Insert:
    saved = _save(rate_memory, items, tenant, now, ("bf", "shade_key"), "shade", "rate")
    return saved.returning(*_shown(rate_memory, RememberedRateRow))


@query.maybe(RulesRow)
def rules() -> Rows:
    return select(*_shown(paper_pricing_rules, RulesRow))


def _saved_rules(tenant: Any, rules: RulesRow) -> Upsert:
    adding = insert(paper_pricing_rules).values(tenant_id=tenant, **rules._asdict())
    changes = {name: adding.excluded[name] for name in RulesRow._fields}
    return adding.on_conflict_do_update(index_elements=["tenant_id"], set_=changes)


@query.one(RulesRow)
def save_rules(*, tenant: UUID, rules: RulesRow) -> Insert:
    return _saved_rules(tenant, rules).returning(*_shown(paper_pricing_rules, RulesRow))


@query.later
def add_rules(*, tenant: UUID, rules: RulesRow) -> Insert:
    return _saved_rules(tenant, rules)
