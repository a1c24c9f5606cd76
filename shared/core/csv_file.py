"""CSV as it is written, so that every cell opens as what it is and none as a formula, and what separates one read."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from shared.core.files import Csv

# Where a spreadsheet would begin to read a formula: at the start of a cell, or behind what another program, or another
# country, takes for a separator.
FORMULA = re.compile(r'(?:^|(?<=[,;|"\t\r\n]))(?=\s*[=+\-@\0]|[\t\r\0])')


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[object]], filename: str) -> Csv:
    """RFC 4180; numbers stay numbers. The mark that tells Excel of UTF-8 leads only what is more than ASCII."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    content = text.getvalue()
    return Csv(content.encode("ascii" if content.isascii() else "utf-8-sig"), filename=filename)


def separator(text: str) -> str:
    """Of comma, semicolon and tab the one that the first line has most of; which it is depends on who saved it."""
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def inert(cell: object) -> object:
    """Text with an apostrophe before whatever would be a formula, a time as in JSON; anything else as it is."""
    if isinstance(cell, datetime):
        return cell.isoformat().replace("+00:00", "Z")
    return FORMULA.sub("'", cell) if isinstance(cell, str) else cell
