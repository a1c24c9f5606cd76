"""Prints a quotation as an A4 PDF; satisfies `shared.domains.quotes.ports.QuotationPrinter`."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from shared.adapters.pdf_text import BOTTOM, MARGIN, WIDTH, Colour, Sheet, Style
from shared.domains.quotes.ports import PrintedLine, PrintedParty, Quotation

INK: Colour = (33, 37, 41)
MUTED: Colour = (95, 104, 113)
ACCENT: Colour = (31, 78, 121)
WHITE: Colour = (255, 255, 255)
PALE: Colour = (236, 241, 246)
HAIRLINE: Colour = (214, 220, 226)

SELLER = Style(15, 7, INK, bold=True)
HEADING = Style(17, 7, ACCENT, bold=True)
LABEL = Style(7.5, 4, MUTED)
BUYER = Style(10.5, 5, INK, bold=True)
BODY = Style(8.5, 4.2, INK)
DETAIL = Style(8, 4, MUTED)
STRONG = Style(8.5, 4.2, INK, bold=True)
COLUMN = Style(8, 4, WHITE, bold=True)
TOTAL = Style(11, 6, ACCENT, bold=True)

RIGHT_BLOCK = 62.0  # width of the quote's number and date, and of the totals
PADDING = 2.0


class Column(NamedTuple):
    title: str
    x: float
    width: float
    align: Literal["L", "R"]


SR = Column("Sr", MARGIN + PADDING, 8, "L")
DESCRIPTION = Column("Description", MARGIN + 12, 88, "L")
QUANTITY = Column("Qty", MARGIN + 102, 22, "R")
RATE = Column("Rate", MARGIN + 126, 26, "R")
AMOUNT = Column("Amount", MARGIN + 154, WIDTH - 154 - PADDING, "R")
COLUMNS = (SR, DESCRIPTION, QUANTITY, RATE, AMOUNT)


def indian_number(number: Decimal, places: int = 2) -> str:
    """Grouped as in India (12,34,567.00), rounded half-up."""
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, point, fraction = f"{abs(rounded):f}".partition(".")
    grouped = re.sub(r"(?<=\d)(?=(?:\d\d)*\d\d\d$)", ",", whole)
    return f"{'-' if rounded < 0 else ''}{grouped}{point}{fraction}"


def money(amount: Decimal, currency: str) -> str:
    """With the currency's sign: ₹12,34,567.00, -₹0.40, USD 1,000.00."""
    sign, number = ("-" if amount < 0 else ""), indian_number(abs(amount))
    return f"{sign}₹{number}" if currency == "INR" else f"{sign}{currency} {number}"


def day(value: date) -> str:
    """As en-IN writes it: 20 Nov 2026."""
    return f"{value.day} {value:%b %Y}"


def print_quotation(quotation: Quotation) -> bytes:
    """The document; equal quotations give equal bytes, in any process."""
    title = f"Quotation {quotation.quote_no} · version {quotation.version_no}"
    sheet = Sheet(title, quotation.seller.name, quotation.created_at)
    print_head(sheet, quotation)
    print_buyer(sheet, quotation.buyer)
    print_column_titles(sheet, quotation.currency)
    for line in quotation.lines:
        print_box(sheet, line, quotation.currency)
    print_totals(sheet, quotation)
    print_terms(sheet, quotation)
    return bytes(sheet.output())


def print_head(sheet: Sheet, quotation: Quotation) -> None:
    """Seller on the left; number, version and dates on the right."""
    x = MARGIN + WIDTH - RIGHT_BLOCK
    sheet.write_line("QUOTATION", HEADING, x, RIGHT_BLOCK, "R")
    sheet.cursor += HEADING.height + 2
    facts = [("Quote no.", quotation.quote_no), ("Version", str(quotation.version_no)), ("Date", day(quotation.dated))]
    if quotation.valid_until:
        facts.append(("Valid until", day(quotation.valid_until)))
    for label, value in facts:
        sheet.write_line(label, LABEL, x, RIGHT_BLOCK)
        sheet.write_line(value, STRONG, x, RIGHT_BLOCK, "R")
        sheet.cursor += BODY.height + 0.4
    under_facts, sheet.cursor = sheet.cursor, MARGIN
    print_party(sheet, quotation.seller, SELLER, WIDTH - RIGHT_BLOCK - 10)
    sheet.cursor = max(sheet.cursor, under_facts) + 2
    rule(sheet, ACCENT, 0.6)
    sheet.cursor += 4


def print_buyer(sheet: Sheet, buyer: PrintedParty) -> None:
    """To whom it is quoted."""
    sheet.write_line("QUOTATION FOR", LABEL, MARGIN, WIDTH)
    sheet.cursor += LABEL.height + 0.5
    print_party(sheet, buyer, BUYER, WIDTH)
    sheet.cursor += 4


def print_party(sheet: Sheet, party: PrintedParty, name_style: Style, width: float) -> None:
    """Name, then what is known of contact, address, phone, e-mail and GSTIN."""
    print_text(sheet, party.name, name_style, MARGIN, width)
    reachable = " · ".join(part for part in (party.phone, party.email) if part)
    for text in (party.contact, party.address, reachable, party.gst_no and f"GSTIN {party.gst_no}"):
        print_text(sheet, text or "", BODY, MARGIN, width)


def print_text(sheet: Sheet, text: str, style: Style, x: float, width: float) -> None:
    """Wrapped text at the cursor, over as many pages as it takes."""
    for line in sheet.wrap(text, style, width):
        if sheet.is_full(style.height):
            sheet.start_page()
        sheet.write_line(line, style, x, width)
        sheet.cursor += style.height


def print_column_titles(sheet: Sheet, currency: str) -> None:
    """The coloured band over the table, once per page."""
    height = COLUMN.height + 3
    sheet.set_fill_color(*ACCENT)
    sheet.rect(MARGIN, sheet.cursor, WIDTH, height, style="F")
    sheet.cursor += 1.5
    sign = "₹" if currency == "INR" else currency
    for column in COLUMNS:
        title = f"{column.title} ({sign})" if column in (RATE, AMOUNT) else column.title
        sheet.write_line(title, COLUMN, column.x, column.width, column.align)
    sheet.cursor += height - 1.5


def print_box(sheet: Sheet, line: PrintedLine, currency: str) -> None:
    """One row; it moves to the next page as a whole, unless it is taller than a page."""
    detail = f"{line.ply} ply · {line.size}"
    texts = [(text, STRONG) for text in sheet.wrap(line.name, STRONG, DESCRIPTION.width)]
    texts += [(text, DETAIL) for text in sheet.wrap(detail, DETAIL, DESCRIPTION.width)]
    texts += [(text, DETAIL) for text in sheet.wrap(line.description or "", DETAIL, DESCRIPTION.width)]
    continue_table(sheet, sum(style.height for _, style in texts) + 2 * PADDING, currency)
    sheet.cursor += PADDING
    print_numbers(sheet, line)
    for text, style in texts:
        continue_table(sheet, style.height + PADDING, currency)
        sheet.write_line(text, style, DESCRIPTION.x, DESCRIPTION.width)
        sheet.cursor += style.height
    sheet.cursor += PADDING
    rule(sheet, HAIRLINE, 0.2)


def print_numbers(sheet: Sheet, line: PrintedLine) -> None:
    """Serial number, quantity, rate and amount, beside the first line of the row."""
    values = (
        (SR, str(line.number)),
        (QUANTITY, indian_number(Decimal(line.quantity), 0)),
        (RATE, indian_number(line.rate)),
        (AMOUNT, indian_number(line.amount)),
    )
    for column, value in values:
        sheet.write_line(value, BODY, column.x, column.width, column.align)


def continue_table(sheet: Sheet, height: float, currency: str) -> None:
    """Start a page with the column titles when so much no longer fits, but would fit on a fresh page."""
    if sheet.is_full(height) and height < BOTTOM - MARGIN - 2 * COLUMN.height:
        sheet.start_page()
        print_column_titles(sheet, currency)


def print_totals(sheet: Sheet, quotation: Quotation) -> None:
    """Subtotal to grand total, kept together."""
    percent = f"{quotation.gst_percent.normalize():f}"
    sums: Sequence[tuple[str, Decimal]] = (
        ("Subtotal", quotation.subtotal),
        (f"GST @ {percent}%", quotation.gst_amount),
        ("Transport", quotation.transport_charge),
        ("Round-off", quotation.round_off_value),
    )
    if sheet.is_full((len(sums) + 1) * 7):
        sheet.start_page()
    sheet.cursor += 3
    x = MARGIN + WIDTH - RIGHT_BLOCK - 16
    width = RIGHT_BLOCK + 16 - PADDING
    for label, amount in sums:
        if amount or label not in ("Transport", "Round-off"):
            sheet.write_line(label, BODY, x + PADDING, width)
            sheet.write_line(money(amount, quotation.currency), BODY, x, width, "R")
            sheet.cursor += BODY.height + 1
    sheet.cursor += 1
    sheet.set_fill_color(*PALE)
    sheet.rect(x, sheet.cursor, width + PADDING, TOTAL.height + 3, style="F")
    sheet.cursor += 1.5
    sheet.write_line("Grand total", TOTAL, x + PADDING, width)
    sheet.write_line(money(quotation.final_total, quotation.currency), TOTAL, x, width, "R")
    sheet.cursor += TOTAL.height + 6


def print_terms(sheet: Sheet, quotation: Quotation) -> None:
    """Payment terms and delivery."""
    for label, text in (("PAYMENT TERMS", quotation.payment_terms), ("DELIVERY", quotation.delivery)):
        if text:
            if sheet.is_full(LABEL.height + 2 * BODY.height):
                sheet.start_page()
            sheet.write_line(label, LABEL, MARGIN, WIDTH)
            sheet.cursor += LABEL.height + 0.3
            print_text(sheet, text, BODY, MARGIN, WIDTH)
            sheet.cursor += 2


def rule(sheet: Sheet, colour: Colour, thickness: float) -> None:
    """A line across the page at the cursor."""
    sheet.set_draw_color(*colour)
    sheet.set_line_width(thickness)
    sheet.line(MARGIN, sheet.cursor, MARGIN + WIDTH, sheet.cursor)
