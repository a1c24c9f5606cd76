"""What a tenant sets for its prices: read, saved, and given to a new tenant."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from shared.core import paging
from shared.core.call import Call
from shared.core.db import Connection
from shared.core.ids import new_id
from shared.core.paging import Page
from shared.domains.pricing import queries
from shared.domains.pricing.errors import FluteNotFound, PaperPriceMissing
from shared.domains.pricing.rows import RulesRow
from shared.domains.pricing.rules import flutes, paper
from shared.domains.pricing.rules.flutes import Flute
from shared.domains.pricing.rules.numbers import Count, exact, plain
from shared.domains.pricing.rules.paper import PaperPrices, PaperRules
from shared.domains.pricing.rules.settings import PricingSettings
from shared.domains.pricing.schemas.settings import (
    Fluting,
    FlutingsIn,
    Many,
    OneOrMany,
    PaperPrice,
    PaperPricesIn,
    PaperRateOut,
    RememberedRate,
    RememberedRatesIn,
    Rules,
    RulesIn,
    Saved,
    ShadePremium,
    ShadePremiumsIn,
)

Shown = TypeVar("Shown", bound=BaseModel)


def read_settings(connection: Connection) -> PricingSettings:
    """Everything that the tenant's prices depend on, in one round trip."""
    return settings_from(queries.settings(connection).settings)


def settings_from(document: Mapping[str, Any]) -> PricingSettings:
    """Of what the SQL function `pricing_settings()` answers: numbers as text, `rules` null where none are kept."""
    rules = document["rules"]
    return PricingSettings(
        currency=document["currency"],
        flutes={letter: Flute(exact(factor), exact(height)) for letter, factor, height in document["flutes"]},
        paper=PaperPrices(
            bf_prices={exact(bf): exact(price) for bf, price in document["bf_prices"]},
            shade_premiums={key: exact(premium) for key, premium in document["shade_premiums"]},
            rules=PaperRules(*map(exact, rules)) if rules else None,
        ),
    )


def paper_rate(call: Call, bf: Count, gsm: Count, shade: str) -> PaperRateOut:
    """Money per kg. PaperPriceMissing where the burst factor has no price."""
    found = paper.paper_rate(read_settings(call.connection).paper, bf, gsm, shade)
    if found is None:
        raise PaperPriceMissing(f"no price is set for BF {plain(bf)}: save one under /api/pricing/paper-bf-prices")
    return PaperRateOut(**{name: Decimal(plain(count)) for name, count in found._asdict().items()})


def list_paper_prices(call: Call, limit: int, cursor: str | None) -> Page[PaperPrice]:
    """Money per kg by burst factor, in the order of creation."""
    return _page(PaperPrice, queries.paper_prices, call, limit, cursor)


def save_paper_prices(call: Call, given: PaperPricesIn) -> PaperPrice | Saved[PaperPrice]:
    """Added, or changed where the burst factor has a price already."""
    return _save(PaperPrice, Saved[PaperPrice], queries.save_paper_prices, call, given, lambda one: {"bf": one.bf})


def list_shade_premiums(call: Call, limit: int, cursor: str | None) -> Page[ShadePremium]:
    """Money per kg by shade, on top of the burst factor's price; in the order of creation."""
    return _page(ShadePremium, queries.premiums, call, limit, cursor)


def save_shade_premiums(call: Call, given: ShadePremiumsIn) -> ShadePremium | Saved[ShadePremium]:
    """Added, or changed where the shade, in any writing, has a premium already."""
    return _save(ShadePremium, Saved[ShadePremium], queries.save_premiums, call, given, _by_shade)


def list_flutings(call: Call, limit: int, cursor: str | None) -> Page[Fluting]:
    """Take-up factor and height in mm by letter, in the order of creation."""
    return _page(Fluting, queries.flutings, call, limit, cursor)


def save_flutings(call: Call, given: FlutingsIn) -> Fluting | Saved[Fluting]:
    """Added, or changed where the letter is set already."""
    return _save(
        Fluting, Saved[Fluting], queries.save_flutings, call, given, lambda item: {"flute": item.flute.upper()}
    )


def delete_fluting(call: Call, fluting_id: UUID) -> None:
    """The usual factor and height of the letter count again. FluteNotFound."""
    if not queries.delete_fluting(call.connection, id=fluting_id):
        raise FluteNotFound


def list_remembered_rates(call: Call, limit: int, cursor: str | None) -> Page[RememberedRate]:
    """Money per kg by burst factor and shade, in the order of creation. Only kept: nothing is priced by them."""
    return _page(RememberedRate, queries.remembered_rates, call, limit, cursor)


def save_remembered_rates(call: Call, given: RememberedRatesIn) -> RememberedRate | Saved[RememberedRate]:
    """Added, or changed where a rate of the burst factor and shade is remembered already."""
    save = queries.save_remembered_rates
    return _save(
        RememberedRate, Saved[RememberedRate], save, call, given, lambda item: {"bf": item.bf} | _by_shade(item)
    )


def get_rules(call: Call) -> Rules:
    """All zero where none are kept: then nothing is adjusted."""
    row = queries.rules(call.connection)
    return Rules.model_validate(row, from_attributes=True) if row else Rules(**dict.fromkeys(Rules.model_fields, 0))


def save_rules(call: Call, given: RulesIn) -> Rules:
    """Added, or changed where the tenant has rules already."""
    row = RulesRow(**dict(given), updated_at=call.now)
    saved = queries.save_rules(call.connection, tenant=call.tenant_id, rules=row)
    return Rules.model_validate(saved, from_attributes=True)


def set_up(call: Call, tenant_id: UUID) -> None:
    """The usual prices, premiums, rules and flutes for a new tenant; travels with the next flush."""
    connection, now = call.connection, call.now
    prices = [{"bf": bf, "base_price": price} for bf, price in paper.BF_PRICES.items()]
    queries.add_paper_prices(connection, items=_numbered(prices, now), tenant=tenant_id, now=now)
    premiums = [{"shade": shade, "shade_key": shade.casefold(), "premium": "0"} for shade in paper.SHADES]
    queries.add_premiums(connection, items=_numbered(premiums, now), tenant=tenant_id, now=now)
    letters = [
        {"flute": letter, "factor": plain(flute.factor), "height_mm": plain(flute.height_mm)}
        for letter, flute in flutes.DEFAULTS.items()
    ]
    queries.add_flutings(connection, items=_numbered(letters, now), tenant=tenant_id, now=now)
    limits = {name: Decimal(plain(count)) for name, count in paper.DEFAULT_RULES._asdict().items()}
    rules = RulesRow(**limits, updated_at=now)
    queries.add_rules(connection, tenant=tenant_id, rules=rules)


def _by_shade(item: Any) -> dict[str, Any]:
    return {"shade_key": item.shade.casefold()}


def _numbered(items: Collection[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """With ids that rise, so that lists keep this order."""
    ids = sorted(new_id(now) for _ in items)
    return [{"id": id_, **item} for id_, item in zip(ids, items, strict=True)]


def _page(kind: type[Shown], read: Callable[..., list[Any]], call: Call, limit: int, cursor: str | None) -> Page[Shown]:
    """A page of what `read` finds, in the order of creation."""
    rows = read(call.connection, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, lambda row: kind.model_validate(row, from_attributes=True))


def _save(
    kind: type[Shown],
    several: type[Saved[Shown]],
    save: Callable[..., list[Any]],
    call: Call,
    given: OneOrMany[Any],
    key: Callable[[Any], dict[str, Any]],
) -> Shown | Saved[Shown]:
    """Write the given items in one statement and answer them as they are kept; of two with one key the later counts."""
    items = {tuple(key(item).values()): {**dict(item), **key(item)} for item in given.items}
    numbered = _numbered(items.values(), call.now)
    rows = save(call.connection, items=numbered, tenant=call.tenant_id, now=call.now)
    kept = {tuple(key(row).values()): kind.model_validate(row, from_attributes=True) for row in rows}
    saved = [kept[each] for each in items]  # in the order in which they were given
    return several(items=saved) if isinstance(given.root, Many) else saved[0]
