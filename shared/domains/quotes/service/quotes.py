"""Quotes: made, versioned, read, deleted. A version never changes; a new one archives the one before."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, get_args
from uuid import UUID

from shared.core import paging
from shared.core.call import Call
from shared.core.errors import Invalid
from shared.core.ids import new_id
from shared.core.money import from_minor, to_minor
from shared.core.paging import Page
from shared.domains.pricing import public as pricing
from shared.domains.pricing.public import PricedBox
from shared.domains.quotes import queries
from shared.domains.quotes.errors import PartyNotFound, QuoteNotFound, QuoteTooLarge
from shared.domains.quotes.rows import Days, Json, NewQuoteRow, QuoteRow, QuoteSummaryRow
from shared.domains.quotes.rules.totals import line_total, quote_number, quote_totals
from shared.domains.quotes.schemas.quotes import (
    PartyNames,
    Quote,
    QuoteIn,
    QuoteItemIn,
    QuoteSummary,
    QuoteTerms,
    QuoteVersion,
    QuoteVersionIn,
    Status,
)

GST_PERCENT = Decimal(5)  # of corrugated boxes
LARGEST_TOTAL = 10**14
PRICE_PROBLEMS = pricing.LayerPriceMissing, pricing.RateNegative  # of a box that cannot be priced
AMOUNTS = ("gst_amount", "transport_charge", "round_off_value", "final_total")  # kept in minor units

PricedItem = tuple[QuoteItemIn, PricedBox]


class Head(NamedTuple):
    """A quote about to get a version."""

    id: UUID
    quote_no: str
    status: str
    created_at: datetime
    version_no: int
    dated: date
    seller: Json
    party: Json


def create_quote(call: Call, given: QuoteIn) -> Quote:
    """A new quote, version 1. PartyNotFound, or what pricing finds wrong with an item."""
    place = take_number(call, given.party_id)
    return add_quote(call, place, given.party_id, given, _priced(given.items, place.pricing))


def take_number(call: Call, party_id: UUID) -> NewQuoteRow:
    """The next number of the day, with all that a quote for the party needs to know, in one statement."""
    place = queries.number_quote(call.connection, tenant=call.tenant_id, party=party_id, now=call.now)
    if place is None:
        raise PartyNotFound.named_in_body()
    return place


def add_quote(call: Call, place: NewQuoteRow, party_id: UUID, terms: QuoteTerms, items: Sequence[PricedItem]) -> Quote:
    """Store a quote that has its number; the rows travel with the commit."""
    number = quote_number(place.dated, place.number)
    head = Head(new_id(call.now), number, "draft", call.now, 1, place.dated, place.seller, place.party)
    queries.add_quote(
        call.connection, id=head.id, tenant=call.tenant_id, quote_no=head.quote_no, party=party_id,
        status=head.status, now=call.now,
    )  # fmt: skip
    return _add_version(call, head, terms, items)


def create_version(call: Call, quote_id: UUID, given: QuoteVersionIn) -> Quote:
    """The next version of a quote, priced and addressed as of now; the ones before are archived."""
    place = queries.number_version(call.connection, quote=quote_id, tenant=call.tenant_id, now=call.now)
    if place is None:
        raise QuoteNotFound
    items = _priced(given.items, place.pricing)
    queries.archive_versions(call.connection, quote=quote_id)
    return _add_version(call, Head(quote_id, *place[:-1]), given, items)


def list_quotes(
    call: Call, *, status: Status | None, party_id: UUID | None, text: str | None, from_date: date | None,
    to_date: date | None, limit: int, cursor: str | None,
) -> Page[QuoteSummary]:  # fmt: skip
    """Newest first, with the total of the active version; days are the tenant's, both included."""
    days = Days(call.tenant_id, from_date or date.min, to_date or date.max) if from_date or to_date else None
    rows = queries.quotes_page(
        call.connection, statuses=[status] if status else list(get_args(Status)), party=party_id, text=text, days=days,
        after=paging.after(cursor), limit=limit + 1,
    )  # fmt: skip
    return paging.page(rows, limit, _summary)


def get_quote(call: Call, quote_id: UUID, version_no: int | None) -> Quote:
    """With its active version, or the one asked for."""
    row = queries.quote_by_id(call.connection, id=quote_id, version_no=version_no)
    if row is None:
        raise QuoteNotFound
    return _shown(row)


def list_versions(call: Call, quote_id: UUID, limit: int, cursor: str | None) -> Page[QuoteVersion]:
    """Newest first, without their items."""
    rows = queries.versions(call.connection, quote=quote_id, after=paging.after(cursor), limit=limit + 1)
    if not rows and cursor is None:
        raise QuoteNotFound  # a quote has one version at least
    return paging.page(rows, limit, lambda row: QuoteVersion.model_validate(_in_major_units(row._asdict())))


def delete_quote(call: Call, quote_id: UUID) -> None:
    """From then on it is not found; its number is not given again."""
    if not queries.delete_quote(call.connection, id=quote_id, now=call.now):
        raise QuoteNotFound


def _priced(items: Sequence[QuoteItemIn], settings: Json) -> list[PricedItem]:
    """Each item with its costing. What pricing refuses is raised with pointers into the list."""
    known = pricing.settings_from(settings)
    priced = []
    for index, item in enumerate(items):
        try:
            priced.append((item, pricing.price_box(item, known)))
        except Invalid as problem:
            errors = [{"pointer": f"#/items/{index}{at[1:]}", "detail": text} for at, text in pricing.faults(problem)]
            raise type(problem)(str(problem), errors=errors) from None
    return priced


def _add_version(call: Call, head: Head, terms: QuoteTerms, items: Sequence[PricedItem]) -> Quote:
    id, tenant = new_id(call.now), call.tenant_id
    lines = [_line(index, item, box) for index, (item, box) in enumerate(items)]
    gst_percent = GST_PERCENT if terms.gst_percent is None else terms.gst_percent
    round_off_enabled = terms.round_off_enabled is not False
    totals = quote_totals(
        ((line["final_price"], line["quantity"]) for line in lines), gst_percent=gst_percent,
        transport_charge=terms.transport_charge or Decimal(0), round_off_enabled=round_off_enabled,
    )  # fmt: skip
    if totals.final_total >= LARGEST_TOTAL:
        raise QuoteTooLarge
    row = QuoteRow(
        *head[:5], head.party, items[0][1].costing.currency, terms.payment_terms, terms.delivery_days,
        terms.valid_until, gst_percent, round_off_enabled, totals.subtotal, to_minor(totals.gst_amount),
        to_minor(terms.transport_charge or Decimal(0)), to_minor(totals.round_off_value),
        to_minor(totals.final_total), lines,
    )  # fmt: skip
    version = row._asdict() | {
        "id": id, "tenant_id": tenant, "quote_id": head.id, "is_archived": False, "dated": head.dated,
        "seller": head.seller, "created_by": call.user_id, "created_at": call.now,
    }  # fmt: skip
    del version["items"]
    queries.add_version(call.connection, version=[version])
    queries.add_items(call.connection, items=[line | {"version_id": id, "tenant_id": tenant} for line in lines])
    return _shown(row)


def _line(index: int, item: QuoteItemIn, box: PricedBox) -> Json:
    cost, quantity = box.costing.total_cost_per_box, box.inputs["quantity"]
    return {
        "index": index, "name": item.name, "description": item.description, "ply": item.ply, "quantity": quantity,
        "cost_per_box": cost, "final_price": cost, "total": to_minor(line_total(cost, quantity)),
        "box": box.inputs, "costing": box.costing.model_dump(mode="json"),
    }  # fmt: skip


def _shown(row: QuoteRow) -> Quote:
    items = [item | {"total": from_minor(item["total"])} for item in row.items]
    return Quote.model_validate(_in_major_units(row._asdict()) | {"items": items})


def _summary(row: QuoteSummaryRow) -> QuoteSummary:
    return QuoteSummary(
        id=row.id, quote_no=row.quote_no, status=row.status, version_no=row.version_no,
        party=PartyNames(id=row.party_id, person_name=row.person_name, company_name=row.company_name),
        final_total=from_minor(row.final_total), currency=row.currency, created_at=row.created_at,
    )  # fmt: skip


def _in_major_units(fields: Json) -> Json:
    return fields | {name: from_minor(fields[name]) for name in AMOUNTS}
