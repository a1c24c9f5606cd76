"""Uploaded files: what is read, what is refused, and how much time and memory a hostile one gets."""

import datetime
import io
import random
import subprocess
import sys
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from shared.adapters.spreadsheet import read_rows
from shared.domains.quotes.errors import SpreadsheetRefused

WORKBOOK = '<workbook xmlns:r="r"><sheets><sheet name="Boxes" sheetId="1" r:id="rId1"/></sheets></workbook>'
LINKS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'


def workbook(rows: str = "", *, sheet: str | None = None, texts: str | None = None, **parts: bytes | str) -> bytes:
    """A workbook of `rows`, written without a library so that anything can be wrong with it."""
    named = {
        "xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet or f"<worksheet><sheetData>{rows}</sheetData></worksheet>", **parts,
    }  # fmt: skip
    if texts is not None:
        named["xl/sharedStrings.xml"] = texts
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in named.items():
            archive.writestr(name, content)
    return file.getvalue()


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(content: bytes) -> list[tuple[int, list[object]]]:
    return [(row.number, list(row.cells.values())) for row in read_rows(content)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_csv_is_read_with_its_separator_and_the_numbers_of_its_rows(separator, mark, line_end):
    lines = ["Box Name|Length|Height", 'हिन्दी "A"|300|', "", '"two\nlines"| 180.50 |-5', "||"]
    text = line_end.join(lines).replace('हिन्दी "A"', '"हिन्दी ""A"""').replace("|", separator)
    assert list(read_rows(mark + text.encode())) == [
        (1, {0: "Box Name", 1: "Length", 2: "Height"}),
        (2, {0: 'हिन्दी "A"', 1: "300"}),
        (4, {0: "two\nlines", 1: " 180.50 ", 2: "-5"}),
    ]


def test_a_workbook_is_read_with_exact_numbers_and_the_numbers_of_its_rows():
    book = openpyxl.Workbook()
    book.active.append(["Box Name", "Rate", "Shade"])
    book.active.append(["क्ष & <b>", 38.55, None])
    book.active["A5"], book.active["B5"], book.active["AB5"] = 101, 0.1 + 0.2, True
    book.create_sheet("Second").append(["not read"])
    assert list(read_rows(saved(book))) == [
        (1, {0: "Box Name", 1: "Rate", 2: "Shade"}),
        (2, {0: "क्ष & <b>", 1: Decimal("38.55")}),
        (5, {0: Decimal(101), 1: Decimal("0.3"), 27: "TRUE"}),
    ]


@pytest.mark.parametrize(
    ("stored", "exact"),
    [
        ("38.549999999999997", "38.55"),
        ("180", "180"),
        ("180.0", "180"),
        ("1E-3", "0.001"),
        ("1e3", "1000"),
        ("-7", "-7"),
    ],
)
def test_a_stored_binary_number_is_the_decimal_that_was_typed(stored, exact):
    assert cells(workbook(f'<row r="1"><c r="A1"><v>{stored}</v></c></row>')) == [(1, [Decimal(exact)])]


def test_texts_come_shared_in_runs_inline_and_with_prefixes():
    runs = "<x:r><x:t>in </x:t></x:r><x:r><x:t>runs</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh>"
    texts = f"<x:sst><x:si><x:t>whole</x:t></x:si><x:si>{runs}</x:si></x:sst>"
    shared = '<x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c>'
    inline = '<x:c t="inlineStr"><x:is><x:t>inline</x:t></x:is></x:c><x:c s="4"/>'
    rows = f"<x:row>{shared}{inline}</x:row>"
    assert cells(workbook(rows, texts=texts)) == [(1, ["whole", "in runs", "inline"])]


UNUSABLE_DATE = "\0is a date or a time: format the cell as text and type it again."


def test_a_date_that_a_spreadsheet_made_of_what_was_typed_is_told_from_a_number():
    book = openpyxl.Workbook()
    book.active.append([datetime.date(2026, 12, 10), datetime.time(9, 30), datetime.timedelta(hours=30), 46300])
    book.active["D1"].number_format = "#,##0"
    assert cells(saved(book)) == [(1, [UNUSABLE_DATE, UNUSABLE_DATE, UNUSABLE_DATE, 46300])]


def styles(formats: str = "", *xfs: int | str) -> str:
    named = "".join(f'<xf numFmtId="{number_format}"/>' for number_format in xfs)
    other = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    conditional = '<dxfs><dxf><numFmt numFmtId="164" formatCode="yyyy"/></dxf></dxfs>'
    return f"<styleSheet><numFmts>{formats}</numFmts>{other}<cellXfs>{named}</cellXfs>{conditional}</styleSheet>"


def shown_as(number_format: int | str, formats: str = "") -> list[object]:
    """What the number 7 comes as in that number format."""
    parts = {"xl/styles.xml": styles(formats, 0, number_format)}
    [(_, found)] = cells(workbook('<row><c s="1"><v>7</v></c></row>', **parts))
    return found


def test_the_built_in_formats_of_dates_and_times_are_known():
    dates = {number for number in range(165) if shown_as(number) == [UNUSABLE_DATE]}
    assert dates == {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}


@pytest.mark.parametrize(
    "code",
    [r"dd\-mmm", "YYYY", "[$-409]d/m/yyyy;@", "h:mm AM/PM", "[h]", "[mm]:00", "[SS]", "0;mmm", "&quot;on &quot;d"],
)
def test_a_format_that_writes_part_of_a_date_or_time_is_one(code):
    assert shown_as(164, f'<numFmt numFmtId="164" formatCode="{code}"/>') == [UNUSABLE_DATE]


@pytest.mark.parametrize(
    "code",
    [
        "General", "0.00E+00", "# ?/?", "@", "[Red]0", "[$Rs.-4009] 0", "0&quot; mm&quot;", r"0\d\s", "_d0*s",
        "0&quot;days", "0[Red", r"\&quot;0", "",
    ],
)  # fmt: skip
def test_letters_in_quotes_brackets_and_escapes_are_no_date(code):
    assert shown_as(164, f'<numFmt numFmtId="164" formatCode="{code}"/>') == [7]


def test_only_numbers_are_dates_by_their_style_and_a_cell_without_a_style_has_the_first():
    texts = '<c s="0" t="str"><v>10-12</v></c><c s="0" t="b"><v>1</v></c><c s="0"><f>TODAY()</f><v>1</v></c><c s="0"/>'
    rows = f'<row>{texts}<c s="1"><v>7</v></c><c s="2"><v>7</v></c><c s="x"><v>7</v></c><c><v>7</v></c></row>'
    found = [(1, ["10-12", "TRUE", "=TODAY()", 7, 7, 7, UNUSABLE_DATE])]
    assert cells(workbook(rows, **{"xl/styles.xml": styles("", 14, 0)})) == found


def test_a_date_as_text_of_its_kind_is_a_date():
    assert cells(workbook('<row><c t="d"><v>2026-12-10</v></c></row>')) == [(1, [UNUSABLE_DATE])]


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "no XML",
        "<styleSheet>",
        '<!DOCTYPE a [<!ENTITY b "c">]><styleSheet/>',
        "<numFmts><numFmt/></numFmts>",
        b"\xff",
    ],
)
def test_numbers_are_read_without_the_styles_and_with_broken_ones(broken):
    assert cells(workbook('<row><c s="1"><v>7</v></c></row>', **{"xl/styles.xml": broken})) == [(1, [7])]


def test_styles_beyond_their_bounds_refuse_the_workbook():
    for part in (styles("", *[14] * 65_537), f"<styleSheet>{' ' * LARGEST_STYLES}</styleSheet>"):
        with pytest.raises(SpreadsheetRefused, match="far more than a list of boxes"):
            cells(workbook("<row><c><v>7</v></c></row>", **{"xl/styles.xml": part}))


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("#N/A", "#N/A"), ("#DIV/0!", "#DIV/0!"), ("#\n\u202eREF!", "#REF!"), ("#" * 5_000, "#" * 20)],
)
def test_an_error_is_no_text_and_is_named_in_short(stored, shown):
    found = [(1, [f"\0holds the error {shown}: correct it."])]
    assert cells(workbook(f'<row><c t="e"><v>{stored}</v></c></row>')) == found


def test_a_cell_of_blanks_is_empty():
    blanks = '<row r="1"><c t="s"><v>0</v></c><c t="str"><v> </v></c><c t="str"><v/></c><c><v/></c></row>'
    assert cells(workbook(f'{blanks}<row r="2"><c><v>0</v></c></row>', texts="<sst><si><t> </t></si></sst>")) == [
        (2, [0])
    ]


def test_a_formula_comes_as_its_text_and_never_as_its_value():
    first = '<c r="A2"><f>HYPERLINK("http://x")</f><v>7</v></c>'
    second = '<c r="B2"><f t="shared" si="0"/><v>7</v></c>'
    assert cells(workbook(f'<row r="2">{first}{second}</row>')) == [(2, ['=HYPERLINK("http://x")', "="])]


def test_a_cell_at_the_end_of_the_sheet_costs_nothing():
    rows = '<dimension ref="A1:XFD1048576"/><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert list(read_rows(workbook(rows))) == [(1048576, {16383: Decimal(1)})]


DECLARED = '<!DOCTYPE sst [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
REFUSED = {
    "empty": (b" \n\t", "empty"),
    "old xls or password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .xls or a workbook with a password"),
    "pdf renamed": (b"%PDF-1.7\n1 0 obj", "not a spreadsheet"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a spreadsheet"),
    "utf-16": ("Box Name,Ply\nA,5\n".encode("utf-16"), "UTF-16"),
    "latin-1": ("Box Name\nTrès\n".encode("latin-1"), "Line 2 is not UTF-8"),
    "open quote": (b'Box Name,Ply\n"A,5\nB,3\n', "Line 3 cannot be read as CSV"),
    "long field": (b"Box Name\n" + b"x" * 200_000, "Line 2 cannot be read as CSV"),
    "wide": (b"a," * 2_000, "more than 1000 columns"),
    "cut zip": (workbook()[:-30], "not a readable XLSX"),
    "other zip": (workbook(**{"xl/workbook.xml": "<office/>"}), "not a readable XLSX"),
    "no sheet": (workbook(**{"xl/_rels/workbook.xml.rels": "<Relationships/>"}), "not a readable XLSX"),
    "cut xml": (workbook(sheet="<worksheet><sheetData>"), "not a readable XLSX"),
    "text of nowhere": (workbook('<row><c t="s"><v>9</v></c></row>'), "not a readable XLSX"),
    "column of nowhere": (workbook('<row><c r="ABCD1"><v>9</v></c></row>'), "not a readable XLSX"),
    "no number": (workbook("<row><c><v>seven</v></c></row>"), "not a readable XLSX"),
    "entities": (workbook(texts=f"{DECLARED}<sst><si><t>&b;</t></si></sst>"), "not a readable XLSX"),
    "entities in the sheet": (workbook(sheet=f"{DECLARED}<worksheet/>"), "not a readable XLSX"),
    "macros": (workbook(**{"xl/vbaProject.bin": b"\0"}), "macros or links"),
    "old macros": (workbook(**{"xl/macrosheets/sheet1.xml": "<a/>"}), "macros or links"),
    "linked workbook or dde": (workbook(**{"xl/externalLinks/externalLink1.xml": "<a/>"}), "macros or links"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_taken_is_refused_with_what_to_do(content, reason):
    with pytest.raises(SpreadsheetRefused, match=reason) as refused:
        list(read_rows(content))
    assert refused.value.facts["errors"] == [{"pointer": "#/file", "detail": str(refused.value)}]


def test_an_encrypted_part_and_an_unusual_compression_are_refused():
    encrypted = bytearray(workbook("<row/>"))
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1  # the flag of the first part in the directory
    squeezed = io.BytesIO()
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
    for content in (bytes(encrypted), squeezed.getvalue()):
        with pytest.raises(SpreadsheetRefused, match="not a readable XLSX"):
            list(read_rows(content))


def test_no_damage_to_a_workbook_is_more_than_a_refusal():
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c><c><f>1+1</f></c></row>'
    whole = workbook(row, texts="<sst><si><t>a</t></si></sst>", **{"xl/styles.xml": styles("", 0, 14)})
    chance = random.Random(7)
    for _ in range(600):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(2, len(damaged))] = chance.randrange(256)
        try:
            list(read_rows(bytes(damaged)))
        except SpreadsheetRefused:
            continue


def gigabyte(*, declared: int | None = None) -> bytes:
    """About 4 MB that inflate to 1 GB; `declared` falsifies the size in both headers."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(b"<worksheet><sheetData>")
            for _ in range(1_000):
                part.write(b" " * 1_000_000)
    if declared is None:
        return file.getvalue()
    size = (1_000_000_022).to_bytes(4, "little")
    assert file.getvalue().count(size) == 2
    return file.getvalue().replace(size, declared.to_bytes(4, "little"))


LARGE, LARGEST_STYLES = 16 * 1024 * 1024 - 1024, 2 * 1024 * 1024
FORMAT = '<numFmt numFmtId="1" formatCode="d"/>'
HOSTILE = {
    "1 GB": gigabyte,
    "1 GB that claims to be small": lambda: gigabyte(declared=10_000_000),
    "empty rows": lambda: workbook('<row r="1"/>' * (LARGE // 12)),
    "cells of one row": lambda: workbook("<row>" + "<c><v>1</v></c>" * (LARGE // 15) + "</row>"),
    "nesting": lambda: workbook(sheet="<a>" * (LARGE // 3)),
    "attributes": lambda: workbook(sheet="<a " + "".join(f'b{n}="" ' for n in range(LARGE // 12)) + "/>"),
    "shared texts": lambda: workbook(texts="<sst>" + "<si><t>a</t></si>" * (LARGE // 17) + "</sst>"),
    "styles": lambda: workbook(**{"xl/styles.xml": f"<cellXfs>{'<a/>' * (LARGEST_STYLES // 4 - 5)}</cellXfs>"}),
    "number formats": lambda: workbook(**{"xl/styles.xml": styles(FORMAT * (LARGEST_STYLES // len(FORMAT) - 5))}),
    "open brackets": lambda: workbook(**{"xl/styles.xml": styles(FORMAT.replace("d", "[" * 500_000) * 4)}),
    "one long text": lambda: workbook(texts="<sst><si><t>" + "a&amp;" * (LARGE // 6) + "</t></si></sst>"),
    "one long number": lambda: workbook("<row><c><v>" + "1" * LARGE + "</v></c></row>"),
    "parts": lambda: workbook(**{f"xl/media/{n}": b"" for n in range(2_000)}),
    "fields of a CSV row": lambda: b"ab," * 1_300_000,
}  # fmt: skip
READ = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (300_000_000, 300_000_000))
from shared.adapters.spreadsheet import read_rows
from shared.domains.quotes.errors import SpreadsheetRefused
content, started = sys.stdin.buffer.read(), time.process_time()
try:
    rows = sum(1 for _ in read_rows(content))
except SpreadsheetRefused as refused:
    rows = 0
print(rows, time.process_time() - started)
"""


@pytest.mark.parametrize("make", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_gets_two_seconds_and_300_megabytes(make):
    content = make()
    assert len(content) < 5_000_000
    ran = subprocess.run([sys.executable, "-c", READ], input=content, capture_output=True, check=True, timeout=60)
    rows, seconds = ran.stdout.split()
    assert int(rows) <= 1
    assert float(seconds) < 2
