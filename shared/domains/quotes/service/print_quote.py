"""Quotations on paper."""

from decimal import Decimal
from uuid import UUID

from shared.core.call import Call
from shared.core.files import Pdf
from shared.core.money import from_minor
from shared.domains.quotes import queries
from shared.domains.quotes.errors import QuoteNotFound
from shared.domains.quotes.ports import PrintedLine, PrintedParty, Quotation, QuotationPrinter
from shared.domains.quotes.rows import Json, PrintedQuoteRow


def print_quote(call: Call, quote_id: UUID, version_no: int | None, printer: QuotationPrinter) -> Pdf:
    """The quotation of the active version, or of the one asked for. Buyer and seller are as they were then."""
    row = queries.printed_quote(call.connection, id=quote_id, version_no=version_no)
    if row is None:
        raise QuoteNotFound
    return Pdf(printer.print_quotation(_quotation(row)), filename=f"{row.quote_no}-v{row.version_no}.pdf")


def _quotation(row: PrintedQuoteRow) -> Quotation:
    buyer, seller, days = row.party, row.seller, row.delivery_days
    return Quotation(
        quote_no=row.quote_no, version_no=row.version_no, dated=row.dated, created_at=row.created_at,
        seller=PrintedParty(**seller),
        buyer=PrintedParty(
            name=buyer["company_name"] or buyer["person_name"],
            contact=buyer["person_name"] if buyer["company_name"] else None,
            address=buyer["address"], phone=buyer["mobile_no"], email=buyer["email"], gst_no=buyer["gst_no"],
        ),
        lines=tuple(_line(item) for item in row.items), currency=row.currency, subtotal=row.subtotal,
        gst_percent=row.gst_percent, gst_amount=from_minor(row.gst_amount),
        transport_charge=from_minor(row.transport_charge), round_off_value=from_minor(row.round_off_value),
        final_total=from_minor(row.final_total), payment_terms=row.payment_terms,
        delivery=f"{days} days" if days and days.isdigit() else days, valid_until=row.valid_until,
    )  # fmt: skip


def _line(item: Json) -> PrintedLine:
    return PrintedLine(
        number=item["index"] + 1, name=item["name"], description=item["description"], ply=item["ply"],
        size=_size(item["box"]), quantity=item["quantity"], rate=Decimal(item["final_price"]),
        amount=from_minor(item["total"]),
    )  # fmt: skip


def _size(box: Json) -> str:
    """`300 × 200 × 150 mm`, as the box was measured; a sheet has two sides."""
    sides = [box["length"], box["width"]] + ([] if box["item_type"] == "sheet" else [box["height"]])
    unit = "in" if box["input_unit"] == "inches" else "mm"
    return f"{' × '.join(sides)} {unit}" + (" outside" if box["measured_on"] == "OD" else "")
