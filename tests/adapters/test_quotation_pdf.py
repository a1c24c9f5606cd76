"""The printed quotation: scripts of India, amounts, page breaks, hostile text, equal bytes."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
import uharfbuzz
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from shared.adapters import pdf_text
from shared.adapters.quotation_pdf import DESCRIPTION, STRONG, indian_number, money, print_quotation
from shared.domains.quotes.ports import PrintedLine, PrintedParty, Quotation, QuotationPrinter
from tests.support import cases

CREATED = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
Outline = list[tuple[str, tuple[object, ...]]]


def line(number: int = 1, name: str = "Mango carton", description: str | None = None) -> PrintedLine:
    return PrintedLine(
        number=number,
        name=name,
        description=description,
        ply=5,
        size="300 × 200 × 150 mm",
        quantity=1000,
        rate=Decimal("23.456789"),
        amount=Decimal("23456.789"),
    )


def quotation(*lines: PrintedLine, buyer: str = "Pune Foods") -> Quotation:
    return Quotation(
        quote_no="QT-20261120-001",
        version_no=2,
        dated=date(2026, 11, 20),
        created_at=CREATED,
        seller=PrintedParty(
            name="Shree Ganesh Boxes",
            address="Plot 14, GIDC\nVatva",
            phone="+91 98765 43210",
            email="sales@example.com",
            gst_no="24AAACC1206D1ZM",
        ),
        buyer=PrintedParty(name=buyer, contact="Rohan"),
        lines=lines or (line(),),
        currency="INR",
        subtotal=Decimal("1175778.095"),
        gst_percent=Decimal("5.00"),
        gst_amount=Decimal("58788.90"),
        transport_charge=Decimal("0"),
        round_off_value=Decimal("-0.40"),
        final_total=Decimal("1234567"),
        payment_terms="50% advance",
        delivery="10 days",
        valid_until=date(2026, 12, 5),
    )


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def outline_of(font: TTFont, glyph: int) -> Outline:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[font.getGlyphName(glyph)].draw(pen)
    return pen.value


def drawn_codes(reader: PdfReader, font_name: str) -> Iterator[int]:
    """The two-byte character codes that the first page shows in a font, in drawing order."""
    fonts = reader.pages[0]["/Resources"]["/Font"]
    current = ""
    for operands, operator in ContentStream(reader.pages[0].get_contents(), reader).operations:
        if operator == b"Tf":
            current = fonts[operands[0]]["/BaseFont"]
        if operator in (b"Tj", b"TJ") and current.endswith(font_name):
            shown = operands[0] if operator == b"TJ" else [operands[0]]
            data = b"".join(part.original_bytes for part in shown if hasattr(part, "original_bytes"))
            yield from (int.from_bytes(data[i : i + 2]) for i in range(0, len(data), 2))


def embedded(reader: PdfReader, font_name: str) -> DictionaryObject:
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    return next(f for f in (font.get_object() for font in fonts) if f["/BaseFont"].endswith(font_name))


@pytest.mark.parametrize("text", ["क्ष", "हिन्दी", "श्री क्षेत्रीय उद्योग", "क्\u200dष", "ज़मीन"])
def test_devanagari_is_drawn_with_the_glyphs_of_harfbuzz(text: str) -> None:
    reader = PdfReader(BytesIO(print_quotation(quotation(buyer=text))))
    name = "NotoSansDevanagariBold"
    descendant = embedded(reader, name)["/DescendantFonts"][0].get_object()
    glyph_of_code = descendant["/CIDToGIDMap"].get_object().get_data()
    subset = TTFont(BytesIO(descendant["/FontDescriptor"]["/FontFile2"].get_object().get_data()))
    drawn = [
        outline_of(subset, int.from_bytes(glyph_of_code[2 * code : 2 * code + 2])) for code in drawn_codes(reader, name)
    ]

    path = pdf_text.FONTS / "NotoSansDevanagari-Bold.ttf"
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))), buffer)
    source = TTFont(path)
    assert drawn == [outline_of(source, glyph.codepoint) for glyph in buffer.glyph_infos]
    assert len(drawn) != len(text) or text != "हिन्दी"  # shaped: conjuncts, not one glyph per character


@pytest.mark.parametrize(
    "name",
    [
        "ગુજરાતી ખોખું", "தமிழ் பெட்டி", "বাংলা বাক্স", "ಕನ್ನಡ ಪೆಟ್ಟಿಗೆ", "తెలుగు పెట్టె",
        "മലയാളം പെട്ടി", "ਪੰਜਾਬੀ ਡੱਬਾ", "ଓଡ଼ିଆ ବାକ୍ସ", "Zubehör Ṭīkā №5",
    ],
)  # fmt: skip
def test_names_in_the_other_scripts_have_all_their_glyphs(name: str) -> None:
    text = pages_of(print_quotation(quotation(line(name=name))))[0]
    assert pdf_text.UNKNOWN not in text
    assert set(pdf_text.clean(name)) - {" "} <= set(text)


def test_the_page_says_who_what_and_how_much() -> None:
    (text,) = pages_of(print_quotation(quotation(line(description="Brown kraft"))))
    for expected in (
        "Shree Ganesh Boxes", "Vatva", "+91 98765 43210", "sales@example.com", "GSTIN 24AAACC1206D1ZM",
        "QT-20261120-001", "20 Nov 2026", "5 Dec 2026", "Pune Foods", "Rohan",
        "Mango carton", "5 ply · 300 × 200 × 150 mm", "Brown kraft", "1,000", "23.46", "23,456.79",
        "₹11,75,778.10", "GST @ 5%", "₹58,788.90", "-₹0.40", "₹12,34,567.00",
        "50% advance", "10 days", "Page 1 of 1",
    ):  # fmt: skip
        assert expected in text
    assert "Transport" not in text  # nothing charged, nothing printed


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "0.00"), ("999.995", "1,000.00"), ("1000", "1,000.00"), ("99999.994", "99,999.99"),
        ("100000", "1,00,000.00"), ("1234567", "12,34,567.00"), ("10000000", "1,00,00,000.00"), ("-0.005", "-0.01"),
    ],
)  # fmt: skip
def test_numbers_are_grouped_as_in_india(amount: str, shown: str) -> None:
    assert indian_number(Decimal(amount)) == shown


def test_other_currencies_are_named_by_their_code() -> None:
    assert money(Decimal("-1500"), "USD") == "-USD 1,500.00"


def test_two_thousand_lines_repeat_the_column_titles_and_number_the_pages() -> None:
    pages = pages_of(print_quotation(quotation(*(line(number, f"Box {number}.") for number in range(1, 2001)))))
    assert re.findall(r"Box (\d+)\.", "".join(pages)) == [str(number) for number in range(1, 2001)]
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert ("Description" in text) == ("Box" in text)


def test_a_row_taller_than_a_page_goes_on_over_the_next_ones() -> None:
    pages = pages_of(print_quotation(quotation(line(description="\n".join(f"line {n}." for n in range(200))))))
    assert re.findall(r"line (\d+)\.", "".join(pages)) == [str(n) for n in range(200)]
    assert len(pages) == 4


def test_the_same_version_gives_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib; from tests.adapters.test_quotation_pdf import *;"
        "print(hashlib.sha256(print_quotation(quotation(buyer='हिन्दी ગુજરાતી'))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Kolkata"))
    }
    assert digests == {hashlib.sha256(print_quotation(quotation(buyer="हिन्दी ગુજરાતી"))).hexdigest()}


def test_another_version_gives_other_bytes() -> None:
    assert print_quotation(quotation()) != print_quotation(replace(quotation(), version_no=3))


def test_markup_and_placeholders_are_printed_as_they_are_written() -> None:
    hostile = "<b>x</b> **y** {nb} {pages} (z) \\) Tj ET"
    assert hostile in pages_of(print_quotation(quotation(line(name=hostile))))[0]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("pay\u202egpj.exe\u202c", "paygpj.exe"), ("a\x00b\x1bc\td", "a b c d"), ("zero\u200bwidth\ufeff", "zerowidth"),
        ("private \ue000 \U000f0000", "private \ufffd \ufffd"), ("half \ud800", "half \ufffd"), ("e\u0301", "é"),
    ],
)  # fmt: skip
def test_control_and_bidi_characters_do_nothing(written: str, printed: str) -> None:
    assert pdf_text.clean(written) == printed


def test_what_no_font_has_is_shown_as_unknown() -> None:
    assert "box \ufffd\ufffd" in pages_of(print_quotation(quotation(line(name="box 📦漢"))))[0]


def test_naughty_strings_are_printed() -> None:
    strings = cases.load("conformance/naughty_strings.json")["strings"]
    pdf = print_quotation(quotation(*(line(number, text) for number, text in enumerate(strings, start=1))))
    assert PdfReader(BytesIO(pdf)).pages
    cases.ran("naughty strings printed", len(strings))


@pytest.fixture(scope="module")
def sheet() -> Iterator[pdf_text.Sheet]:
    sheet = pdf_text.Sheet("t", "a", CREATED)
    yield sheet
    sheet.output()  # closes the fonts


@given(text=st.text(max_size=120))
@settings(max_examples=100)
def test_no_line_is_wider_than_its_column_and_nothing_visible_is_lost(sheet: pdf_text.Sheet, text: str) -> None:
    lines = sheet.wrap(text, STRONG, DESCRIPTION.width)
    assert all(sheet.text_width(part, STRONG) <= DESCRIPTION.width for part in lines)
    assert "".join(lines).replace(" ", "") == "".join(map(pdf_text.clean, text.splitlines())).replace(" ", "")


def test_a_long_word_breaks_between_letters_not_inside_them(sheet: pdf_text.Sheet) -> None:
    parts = sheet.wrap("क्षत्रिय" * 20, STRONG, DESCRIPTION.width)
    assert len(parts) > 1
    assert all(part[0] in "कतय" for part in parts)


def test_the_module_is_a_printer_of_quotations() -> None:
    from shared.adapters import quotation_pdf

    printer: QuotationPrinter = quotation_pdf
    assert printer.print_quotation(quotation()).startswith(b"%PDF-")
