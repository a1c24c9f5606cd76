"""A spreadsheet of boxes becomes a quote; a bad row never loses the good ones."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.core.call import Call
from shared.core.errors import Invalid, NoValidRow
from shared.core.files import Csv
from shared.domains.pricing import public as pricing
from shared.domains.quotes.errors import FileTooLarge, SpreadsheetRefused
from shared.domains.quotes.ports import SheetRow, SpreadsheetReader
from shared.domains.quotes.rules import spreadsheet
from shared.domains.quotes.rules.spreadsheet import CellRefused, Path
from shared.domains.quotes.schemas.quotes import MOST_ITEMS, ImportedQuote, QuoteImport, QuoteItemIn, RefusedImportRow
from shared.domains.quotes.service import quotes

MOST_FAULTS = 5  # of a row that are spelled out after the first: 2,000 rows must fit into an answer
REASONS = {
    "missing": "is empty: fill it in",
    "int_parsing": "is no whole number",
    "int_from_float": "is no whole number",
}
LARGEST_FILE = 4 * 1024 * 1024  # in base64 it is all that a Lambda takes


def import_quote(call: Call, given: QuoteImport, reader: SpreadsheetReader) -> ImportedQuote:
    """A quote of all rows that can be priced, and for each other one what is wrong with it.

    SpreadsheetRefused for a file that cannot be read, NoValidRow where no row is left, PartyNotFound.
    """
    if len(given.file.content) > LARGEST_FILE:
        raise FileTooLarge
    items, refused = _read(reader.read_rows(given.file.content))
    place = quotes.take_number(call, given.party_id)
    settings, priced = pricing.settings_from(place.pricing), []
    for number, item in items:
        try:
            priced.append((item, pricing.price_box(item, settings)))
        except Invalid as problem:
            refused.append(_refused(number, [(_path(at), text) for at, text in pricing.faults(problem)]))
    refused.sort(key=lambda one: one.row)
    if not priced:
        raise NoValidRow.of([one.model_dump() for one in refused])
    quote = quotes.add_quote(call, place, given.party_id, given, priced)
    return ImportedQuote(quote=quote, accepted=len(priced), refused=refused)


def import_template(ply: int) -> Csv:
    """The headings for boxes of a ply, and nothing to delete below them. The mark tells Excel that it is UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerow(spreadsheet.columns(ply))
    return Csv(text.getvalue().encode("utf-8-sig"), filename=f"boxes-{ply}-ply.csv")


def _read(rows: Iterator[SheetRow]) -> tuple[list[tuple[int, QuoteItemIn]], list[RefusedImportRow]]:
    """The items, each with the number of its row, and the rows that are none."""
    first = next(rows, None)
    if first is None or first.number != 1:
        raise SpreadsheetRefused("Row 1 is empty: it must hold the headings, from Box Name on.")
    try:
        headings = spreadsheet.matched_columns(first.cells)
    except CellRefused as problem:
        raise SpreadsheetRefused(str(problem)) from None
    found = list(islice(rows, MOST_ITEMS + 1))
    if len(found) > MOST_ITEMS:
        raise SpreadsheetRefused(f"The file has more than {MOST_ITEMS:,} rows: split it.")
    items: list[tuple[int, QuoteItemIn]] = []
    refused: list[RefusedImportRow] = []
    for row in found:
        try:
            items.append((row.number, QuoteItemIn.model_validate(spreadsheet.item_of_row(row.cells, headings))))
        except CellRefused as problem:
            refused.append(RefusedImportRow(row=row.number, column=problem.column, reason=problem.reason))
        except ValidationError as problem:
            faults = problem.errors(include_url=False)
            refused.append(_refused(row.number, [(fault["loc"], _reason(fault)) for fault in faults]))
    return items, refused


def _reason(fault: ErrorDetails) -> str:
    return REASONS.get(fault["type"], fault["msg"])


def _refused(row: int, wrong: list[tuple[Path, str]]) -> RefusedImportRow:
    """The first fault in its column; some others in words."""
    (path, reason), *others = wrong
    more = "; ".join(f"{spreadsheet.heading_of(other)}: {text}" for other, text in others[:MOST_FAULTS])
    return RefusedImportRow(
        row=row, column=spreadsheet.heading_of(path), reason=f"{reason} (also {more})" if more else reason
    )


def _path(pointer: str) -> Path:
    """`#/layers/2/rate` as a path of an item."""
    return tuple(int(step) if step.isdigit() else step for step in pointer.split("/")[1:])
