"""Paper prices from a file."""

import csv
import io

from pydantic import ValidationError

from shared.core.call import Call
from shared.core.csv_file import separator
from shared.core.errors import Invalid, NoValidRow
from shared.domains.pricing.errors import TooManyRows
from shared.domains.pricing.schemas.settings import (
    ImportedPaperPrices,
    Many,
    PaperPriceFile,
    PaperPriceIn,
    PaperPricesIn,
    RefusedCell,
)
from shared.domains.pricing.service.settings import save_paper_prices

COLUMNS = "bf", "base_price"
MOST_ROWS = 2000
FORMULA = "Formulas are not computed: write the number."
SURPLUS = "The row has more cells than there are headings: a number has no comma in it."

Row = tuple[int, dict[str, str], list[str]]  # its number (1 is the header), its cells, and those beyond the headings


def import_paper_prices(call: Call, file: PaperPriceFile) -> ImportedPaperPrices:
    """Save the rows that are right and name the others. NoValidRow if none is; Invalid if this is no such file."""
    prices = []
    refused: list[RefusedCell] = []
    for number, cells, surplus in _rows(file):
        wrong = _misread(number, cells, surplus)
        if not wrong:
            try:
                prices.append(PaperPriceIn.model_validate(cells))
            except ValidationError as error:
                faults = error.errors(include_url=False)
                wrong = [RefusedCell(row=number, column=str(at["loc"][0]), reason=at["msg"]) for at in faults]
        refused += wrong
    if not prices:
        raise NoValidRow.of([cell.model_dump() for cell in refused])
    save_paper_prices(call, PaperPricesIn.model_construct(Many[PaperPriceIn](items=prices)))
    return ImportedPaperPrices(accepted=len(prices), refused=refused)


def _rows(file: bytes) -> list[Row]:
    """Those that are not empty."""
    try:
        text = file.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid.at("#", f"this is no CSV in UTF-8: {error}") from None
    header = ["_".join(cell.lower().split()) for cell in lines[0]] if lines else []
    if sorted(header) != sorted(COLUMNS):
        raise Invalid.at("#", "the first row must name the columns bf and base_price")
    if len(lines) > MOST_ROWS + 1:
        raise TooManyRows(f"send at most {MOST_ROWS} rows at once", rows=len(lines) - 1)
    found = []
    for number, line in enumerate(lines[1:], 2):
        cells = [cell.strip() for cell in line]
        if any(cells):
            found.append((number, dict(zip(header, cells, strict=False)), cells[len(header) :]))
    return found


def _misread(number: int, cells: dict[str, str], surplus: list[str]) -> list[RefusedCell]:
    """Cells that do not say what their columns should: a price of 1,250 would be 1, and 250 is beyond the headings."""
    if any(surplus):
        return [RefusedCell(row=number, column=list(cells)[-1], reason=SURPLUS)]
    columns = [column for column, cell in cells.items() if cell[:1] in ("=", "@", "+")]
    return [RefusedCell(row=number, column=column, reason=FORMULA) for column in columns]
