"""Statements of parties and quotes. Row-level security keeps each to its tenant."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Insert,
    Integer,
    Label,
    ScalarSelect,
    Table,
    Text,
    Update,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, as_json, contains, listed, newest_first, one_of, patched, recordset
from shared.domains.quotes.rows import (
    Days,
    DeletedPartyRow,
    Json,
    NewQuoteRow,
    NextVersionRow,
    PartyRow,
    PrintedQuoteRow,
    QuoteRow,
    QuoteSummaryRow,
    VersionSummaryRow,
)
from shared.domains.quotes.tables import (
    party_profiles,
    quote_counters,
    quote_items,
    quote_versions,
    quotes,
    tenants,
)

SELLER = ("name", "address", "phone", "email", "gst_no")
PRICES = ("cost_per_box", "final_price")
SEARCHED = ("person_name", "company_name", "mobile_no", "email", "gst_no")
PARTY = tuple(name for name in PartyRow._fields if name != "created_at")

party = tuple(party_profiles.c[name] for name in PartyRow._fields)
live_party = party_profiles.c.deleted_at.is_(None)
live_quote = quotes.c.deleted_at.is_(None)


@query.later
def add_party(
    *, id: UUID, tenant: UUID, person_name: str, designation: Nullable[str], company_name: Nullable[str],
    mobile_no: Nullable[str], email: Nullable[str], gst_no: Nullable[str], address: Nullable[str], now: datetime,
) -> Insert:  # fmt: skip
    return party_profiles.insert().values(
        id=id, tenant_id=tenant, person_name=person_name, designation=designation, company_name=company_name,
        mobile_no=mobile_no, email=email, gst_no=gst_no, address=address, created_at=now,
    )  # fmt: skip


@query.all_(PartyRow)
def parties(*, text: str | None, after: After | None, limit: int) -> Rows:
    """Newest first. `text` is looked for in names, mobile, e-mail and GSTIN, in any case."""
    found = select(*party).where(live_party)
    if text is not None:
        found = found.where(or_(*(contains(party_profiles.c[name], text) for name in SEARCHED)))
    return newest_first(found, party_profiles.c.created_at, party_profiles.c.id, after, limit)


@query.maybe(PartyRow)
def party_by_id(*, id: UUID) -> Rows:
    return select(*party).where(party_profiles.c.id == id, live_party)


@query.maybe(PartyRow)
def change_party(*, id: UUID, changes: dict[str, str | None]) -> Update:
    values = patched(party_profiles, changes, *(name for name in PARTY if name != "id"))
    return party_profiles.update().where(party_profiles.c.id == id, live_party).values(values).returning(*party)


@query.one(DeletedPartyRow)
def delete_party(*, id: UUID, now: datetime) -> Rows:
    """Unless it has quotes. The row stays, for the deleted quotes that name it."""
    mine = party_profiles.c.id == id, live_party
    quoted = exists().where(quotes.c.party_id == id, live_quote)
    change = party_profiles.update().where(*mine, ~quoted).values(deleted_at=now)
    deleted = change.returning(party_profiles.c.id).cte("deleted")
    return select(exists().where(*mine).label("known"), exists(select(deleted.c.id)).label("deleted"))


@query.maybe(NewQuoteRow)
def number_quote(*, tenant: UUID, party: UUID, now: datetime) -> Rows:
    """Take the tenant's next number of the day in its own zone; no row, and no number, where there is no such party.

    The counter's row stays locked to the end of the transaction: what fails after this leaves no gap.
    """
    known = select(party_profiles.c.id).where(party_profiles.c.id == party, live_party)
    first = select(tenants.c.id, _day(now), cast(1, Integer)).where(tenants.c.id == tenant, exists(known))
    counted = insert(quote_counters).from_select(["tenant_id", "day", "last_number"], first)
    counter = (
        counted.on_conflict_do_update(
            index_elements=["tenant_id", "day"], set_={"last_number": quote_counters.c.last_number + 1}
        )
        .returning(quote_counters.c.day, quote_counters.c.last_number)
        .cte("counter")
    )
    return select(
        counter.c.last_number.label("number"), counter.c.day.label("dated"), _seller_as_json(tenant),
        _party_as_json(party), _pricing(),
    )  # fmt: skip


@query.maybe(NextVersionRow)
def number_version(*, quote: UUID, tenant: UUID, now: datetime) -> Rows:
    """Take the quote's next version number; the quote stays locked to the end of the transaction."""
    taken = quotes.update().where(quotes.c.id == quote, live_quote).values(version_no=quotes.c.version_no + 1)
    shown = quotes.c.quote_no, quotes.c.status, quotes.c.created_at, quotes.c.version_no
    numbered = taken.returning(*shown, quotes.c.party_id).cte("numbered")
    return select(
        numbered.c.quote_no, numbered.c.status, numbered.c.created_at, numbered.c.version_no,
        _day(now).label("dated"), _seller_as_json(tenant), _party_as_json(numbered.c.party_id, numbered), _pricing(),
    ).where(tenants.c.id == tenant)  # fmt: skip


@query.later
def add_quote(*, id: UUID, tenant: UUID, quote_no: str, party: UUID, status: str, now: datetime) -> Insert:
    return quotes.insert().values(
        id=id, tenant_id=tenant, quote_no=quote_no, party_id=party, status=status, version_no=1, created_at=now
    )


@query.later
def archive_versions(*, quote: UUID) -> Update:
    return quote_versions.update().where(quote_versions.c.quote_id == quote).values(is_archived=True)


@query.later
def add_version(*, version: list[Json]) -> Insert:
    """One version; its keys are the columns."""
    return _insert_all(quote_versions, version)


@query.later
def add_items(*, items: list[Json]) -> Insert:
    """Any number of items in one statement; their keys are the columns."""
    return _insert_all(quote_items, items)


@query.maybe(QuoteRow)
def quote_by_id(*, id: UUID, version_no: int | None) -> Rows:
    """A quote with its active version, or with the one asked for."""
    head = quotes.c.id, quotes.c.quote_no, quotes.c.status, quotes.c.created_at
    rest = (quote_versions.c[name] for name in QuoteRow._fields[4:-1])
    return _with_version(select(*head, *rest, _items("cost_per_box", "costing")), id, version_no)


@query.maybe(PrintedQuoteRow)
def printed_quote(*, id: UUID, version_no: int | None) -> Rows:
    """The same as it is printed."""
    shown = (quote_versions.c[name] for name in PrintedQuoteRow._fields[1:-1])
    return _with_version(select(quotes.c.quote_no, *shown, _items("box")), id, version_no)


@query.all_(QuoteSummaryRow)
def quotes_page(
    *, statuses: list[str], party: UUID | None, text: str | None, days: Days | None, after: After | None, limit: int
) -> Rows:
    """Newest first. `text` is looked for in the number and the party's names, in any case."""
    found = (
        select(
            quotes.c.id, quotes.c.quote_no, quotes.c.status, quotes.c.version_no, quotes.c.party_id,
            party_profiles.c.person_name, party_profiles.c.company_name, quote_versions.c.final_total,
            quote_versions.c.currency, quotes.c.created_at,
        )
        .join_from(quotes, quote_versions, quote_versions.c.quote_id == quotes.c.id)
        .join(party_profiles, party_profiles.c.id == quotes.c.party_id)
        .where(live_quote, quote_versions.c.version_no == quotes.c.version_no, one_of(quotes.c.status, statuses))
    )  # fmt: skip
    if party is not None:
        found = found.where(quotes.c.party_id == party)
    if days is not None:
        began, ended = _midnight(days.tenant, days.first), _midnight(days.tenant, cast(days.last, Date) + 1)
        found = found.where(quotes.c.created_at >= began, quotes.c.created_at < ended)
    if text is not None:
        searched = quotes.c.quote_no, party_profiles.c.person_name, party_profiles.c.company_name
        found = found.where(or_(*(contains(column, text) for column in searched)))
    return newest_first(found, quotes.c.created_at, quotes.c.id, after, limit)


@query.all_(VersionSummaryRow)
def versions(*, quote: UUID, after: After | None, limit: int) -> Rows:
    """Newest first."""
    counted = select(func.count()).where(quote_items.c.version_id == quote_versions.c.id).scalar_subquery()
    shown = (quote_versions.c[name] for name in VersionSummaryRow._fields[:-1])
    found = select(*shown, counted.label("item_count")).join(quotes, quotes.c.id == quote_versions.c.quote_id)
    found = found.where(quotes.c.id == quote, live_quote)
    return newest_first(found, quote_versions.c.created_at, quote_versions.c.id, after, limit)


@query.count
def delete_quote(*, id: UUID, now: datetime) -> Update:
    return quotes.update().where(quotes.c.id == id, live_quote).values(deleted_at=now)


def _with_version(found: Rows, id: Any, version_no: Any) -> Rows:
    wanted = quotes.c.version_no if version_no is None else version_no
    joined = found.join_from(quotes, quote_versions, quote_versions.c.quote_id == quotes.c.id)
    return joined.where(quotes.c.id == id, live_quote, quote_versions.c.version_no == wanted)


def _items(*more: str) -> Label[Any]:
    """The items of a version as a JSON list; prices as text, which keeps their digits."""
    names = ("index", "name", "description", "ply", "quantity", "final_price", "total", *more)
    shown = (cast(quote_items.c[name], Text).label(name) if name in PRICES else quote_items.c[name] for name in names)
    mine = select(*shown).where(quote_items.c.version_id == quote_versions.c.id)
    return listed(mine.correlate(quote_versions), "index").label("items")


def _party_as_json(id: Any, *outer: FromClause) -> Label[Any]:
    found = select(*(party_profiles.c[name] for name in PARTY)).where(party_profiles.c.id == id)
    return as_json(found.correlate(*outer)).label("party")


def _seller_as_json(tenant: Any) -> Label[Any]:
    found = select(*(tenants.c[name] for name in SELLER)).where(tenants.c.id == tenant)
    return as_json(found.correlate(None)).label("seller")


def _pricing() -> Label[Any]:
    """What pricing reads its settings from: a function of the database, so that they travel in the statements here."""
    return func.pricing_settings(type_=JSONB).label("pricing")


def _day(moment: Any) -> ColumnElement[Any]:
    """In the zone of the tenant of the statement."""
    return cast(func.timezone(tenants.c.time_zone, cast(moment, DateTime(timezone=True))), Date)


def _midnight(tenant: Any, day: Any) -> ScalarSelect[Any]:
    """When a day begins in the tenant's zone: looked up once, so that the index on the moment serves."""
    began = func.timezone(tenants.c.time_zone, cast(cast(day, Date), DateTime))
    return select(began).where(tenants.c.id == tenant).scalar_subquery()


def _insert_all(table: Table, rows: Any) -> Insert:
    return table.insert().from_select([column.name for column in table.c], select(recordset(rows, *table.c)))
