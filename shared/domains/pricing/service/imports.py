"""Paper prices from a file."""

import csv
import io

from pydantic import ValidationError

from shared.core.call import Call
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


def import_paper_prices(call: Call, file: PaperPriceFile) -> ImportedPaperPrices:
    """Save the rows that are right and name the others. NoValidRow if none is; Invalid if this is no such file."""
    prices = []
    refused: list[RefusedCell] = []
    for number, cells in _rows(file):
        wrong = _formulas(number, cells)
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


def _rows(file: bytes) -> list[tuple[int, dict[str, str]]]:
    """Number (1 is the header) and cells of each row that is not empty."""
    try:
        lines = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid.at("#", f"this is no CSV in UTF-8: {error}") from None
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    if sorted(header) != sorted(COLUMNS):
        raise Invalid.at("#", "the first row must name the columns bf and base_price")
    if len(lines) > MOST_ROWS + 1:
        raise TooManyRows(f"send at most {MOST_ROWS} rows at once", rows=len(lines) - 1)
    found = []
    for number, line in enumerate(lines[1:], 2):
        cells = dict(zip(header, map(str.strip, line), strict=False))
        if any(cells.values()):
            found.append((number, cells))
    return found


def _formulas(number: int, cells: dict[str, str]) -> list[RefusedCell]:
    columns = [column for column, cell in cells.items() if cell[:1] in ("=", "@", "+")]
    return [RefusedCell(row=number, column=column, reason=FORMULA) for column in columns]
