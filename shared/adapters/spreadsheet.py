"""Reads the rows of an uploaded spreadsheet, CSV or XLSX, within fixed bounds of time and memory.

The file is hostile until read: parts are inflated piece by piece up to a limit whatever sizes the archive declares, the
XML goes through a streaming parser that builds no tree and refuses document types (so no entity is ever expanded), and
nothing in it is ever evaluated. Why not openpyxl: docs/decisions/spreadsheets.md.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Set
from contextlib import suppress
from decimal import Decimal
from pathlib import PurePosixPath
from xml.parsers import expat

from shared.core.csv_file import separator
from shared.domains.quotes.errors import SpreadsheetRefused
from shared.domains.quotes.ports import Cell, SheetRow

LARGEST_PART = 16 * 1024 * 1024  # bytes of one inflated part; 2,000 rows of a 9-ply sheet take about 5 MB
LARGEST_TAG = 512 * 1024
LARGEST_ARCHIVE = 64 * 1024 * 1024  # bytes declared by all parts together
MOST_PARTS = 1_000
MOST_COLUMNS = 1_000  # of a CSV row
MOST_ELEMENTS = 1_000_000  # of one part; what a row holds is bounded by this too
LARGEST_STYLES = 2 * 1024 * 1024  # they are read besides a sheet and texts of full size
MOST_STYLES = 65_536  # somewhat more than Excel can make
LONGEST_FORMAT = 255  # characters of a number format; Excel's bound
PIECE = 64 * 1024

ACTIVE = re.compile("vbaproject|macrosheets/|activex/|externallinks/")
BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, RuntimeError, LookupError, ValueError, OSError,
)  # fmt: skip
REFERENCE = re.compile(r"([A-Z]{1,3})\d{1,7}")
DATES = (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))  # built-in number formats, some by country
LITERAL = re.compile(r'"[^"]*"?|\[(?!(?:h+|m+|s+)])[^]]*]?|[\\_*].', re.IGNORECASE)  # [h] is hours, [Red] is not
DATE_LETTER = re.compile("[dmyhs]", re.IGNORECASE)
A_DATE = "\0is a date or a time: format the cell as text and type it again."
DIGITS = ".15g"  # what Excel shows of the binary number it stores: 38.549999999999997 is 38.55
TOO_MUCH = "The workbook unpacks to far more than a list of boxes: copy the rows to a new workbook."
AS_XLSX_OR_CSV = "save the sheet as an Excel workbook (.xlsx) or as CSV UTF-8, and upload that"


def read_rows(content: bytes) -> Iterator[SheetRow]:
    """The rows of a CSV file or of a workbook's first sheet that hold anything, numbered as a spreadsheet shows them.

    The kind is told by the content, not by a name. SpreadsheetRefused for a file that cannot be taken, possibly in the
    middle: rows are read as they are asked for.
    """
    if not content.strip():
        raise SpreadsheetRefused("The file is empty.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SpreadsheetRefused(f"This is an old .xls or a workbook with a password: {AS_XLSX_OR_CSV}.")
    if content.startswith(b"PK"):
        return _workbook_rows(content)
    return _csv_rows(content)


def _csv_rows(content: bytes) -> Iterator[SheetRow]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SpreadsheetRefused(f"The file is UTF-16 text: {AS_XLSX_OR_CSV}.")
    if b"\0" in content or content.startswith(b"%PDF"):
        raise SpreadsheetRefused(f"This is not a spreadsheet: {AS_XLSX_OR_CSV}.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SpreadsheetRefused(f"Line {line} is not UTF-8 text: {AS_XLSX_OR_CSV}.") from None
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    try:
        for number, row in enumerate(rows, start=1):
            if len(row) > MOST_COLUMNS:
                raise SpreadsheetRefused(f"Row {number} has more than {MOST_COLUMNS} columns: check the separators.")
            if cells := {column: cell for column, cell in enumerate(row) if cell.strip()}:
                yield SheetRow(number, cells)
    except csv.Error as error:
        raise SpreadsheetRefused(f"Line {rows.line_num} cannot be read as CSV ({error}): check its quotes.") from None


def _workbook_rows(content: bytes) -> Iterator[SheetRow]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive)
            shared = _SharedTexts()
            if "xl/sharedStrings.xml" in archive.NameToInfo:
                for _ in _parse(archive, "xl/sharedStrings.xml", shared):
                    pass
            sheet = _Sheet(shared.found, _date_styles(archive))
            for _ in _parse(archive, _first_sheet(archive), sheet):
                yield from sheet.rows
                sheet.rows.clear()
    except BROKEN:
        raise SpreadsheetRefused(f"This is not a readable XLSX workbook: {AS_XLSX_OR_CSV}.") from None


def _check_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_ARCHIVE:
        raise SpreadsheetRefused(TOO_MUCH)
    if any(ACTIVE.search(name.lower()) for name in archive.NameToInfo):
        raise SpreadsheetRefused("The workbook holds macros or links to other files: copy its values to a new one.")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise ValueError("a compression that spreadsheets do not use")


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """The name of the part with the first sheet, in the order of the tabs."""
    sheets, targets = _Elements("sheet"), _Elements("Relationship")
    for name, into in (("xl/workbook.xml", sheets), ("xl/_rels/workbook.xml.rels", targets)):
        for _ in _parse(archive, name, into):
            pass
    wanted = [value for name, value in sheets.found[0].items() if name.endswith(":id")]
    target = {found["Id"]: found["Target"] for found in targets.found}[wanted[0]]
    return str(PurePosixPath("/xl", target)).lstrip("/")


def _date_styles(archive: zipfile.ZipFile) -> Set[str]:
    """The styles, as cells name them, that show a number as a date; of styles that cannot be read, those before."""
    styles = _Styles()
    with suppress(*BROKEN):
        for _ in _parse(archive, "xl/styles.xml", styles, LARGEST_STYLES):
            pass
    return {str(style) for style, number_format in enumerate(styles.found) if number_format in styles.dates}


class _Part:
    """What an XML part is read into; elements come without their prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class _Elements(_Part):
    """The attributes of each element of one name."""

    def __init__(self, name: str) -> None:
        self.found: list[dict[str, str]] = []
        self._name = name

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._name:
            self.found.append(attributes)


class _Styles(_Part):
    """The number format of each style of cells, and which number formats are dates or times."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.dates = {str(number_format) for number_format in DATES}
        self._within = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("numFmts", "cellXfs"):
            self._within = name
        elif (self._within, name) == ("numFmts", "numFmt"):
            code = LITERAL.sub("", attributes["formatCode"][:LONGEST_FORMAT])
            (self.dates.add if DATE_LETTER.search(code) else self.dates.discard)(attributes["numFmtId"])
        elif (self._within, name) == ("cellXfs", "xf"):
            self.found.append(attributes.get("numFmtId", "0"))
        if len(self.found) > MOST_STYLES or len(self.dates) > MOST_STYLES:
            raise SpreadsheetRefused(TOO_MUCH)

    def end(self, name: str) -> None:
        if name == self._within:
            self._within = ""


class _SharedTexts(_Part):
    """The texts that cells refer to by position. A text may come in runs; phonetic hints (rPh) are no part of it."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._runs: list[str] = []
        self._reading = self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._runs = []
        self._phonetic = self._phonetic or name == "rPh"
        self._reading = name == "t" and not self._phonetic

    def end(self, name: str) -> None:
        self._reading = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.found.append("".join(self._runs))

    def text(self, text: str) -> None:
        if self._reading:
            self._runs.append(text)


class _Sheet(_Part):
    """The rows of a sheet. A formula comes as its text behind "=", whatever value the workbook remembers of it."""

    def __init__(self, shared: list[str], dates: Set[str]) -> None:
        self.rows: list[SheetRow] = []
        self._shared, self._dates = shared, dates
        self._number = self._column = 0
        self._cells: dict[int, Cell] = {}
        self._kind = self._style = self._value = ""
        self._formula: str | None = None
        self._reading = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._column, self._cells = -1, {}
        elif name == "c":
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._value, self._formula = "", None
        elif name == "f":
            self._formula = "="
        self._reading = name

    def text(self, text: str) -> None:
        if self._reading in ("v", "t"):
            self._value += text
        elif self._reading == "f" and self._formula:
            self._formula += text

    def end(self, name: str) -> None:
        self._reading = ""
        if name == "c":
            cell = self._formula or self._cell()
            if isinstance(cell, Decimal) or cell.strip():
                self._cells[self._column] = cell
        elif name == "row" and self._cells:
            self.rows.append(SheetRow(self._number, self._cells))

    def _cell(self) -> Cell:
        if not self._value:
            return ""
        if self._kind == "s":
            return self._shared[int(self._value)]
        if self._kind == "b":
            return "TRUE" if self._value == "1" else "FALSE"
        if self._kind == "e":
            return f"\0holds the error {''.join(filter(str.isprintable, self._value[:20]))}: correct it."
        if self._kind == "d" or (self._kind == "n" and self._style in self._dates):
            return A_DATE
        return Decimal(format(float(self._value), DIGITS)) if self._kind == "n" else self._value


def _column(reference: str) -> int:
    """0 for "A7", 27 for "AB7"."""
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _parse(archive: zipfile.ZipFile, name: str, into: _Part, largest: int = LARGEST_PART) -> Iterator[None]:
    """Feed a part of the archive, piece by piece, to `into`; yields after each piece."""
    elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal elements
        elements += 1
        if elements > MOST_ELEMENTS:
            raise SpreadsheetRefused(TOO_MUCH)
        into.start(name.rpartition(":")[2], attributes)

    def refuse(*_: object) -> None:
        raise ValueError("a spreadsheet has no document type")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = start, into.text
    parser.EndElementHandler = lambda name: into.end(name.rpartition(":")[2])
    parser.StartDoctypeDeclHandler = refuse
    inflated = 0
    with archive.open(name) as part:
        while piece := part.read(PIECE):
            inflated += len(piece)
            unfinished = inflated - max(parser.CurrentByteIndex, 0)  # a tag is read anew with each piece until it ends
            if inflated > largest or unfinished > LARGEST_TAG:
                raise SpreadsheetRefused(TOO_MUCH)
            parser.Parse(piece)
            yield
    parser.Parse(b"", True)
    yield
