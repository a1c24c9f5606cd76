"""What quotes need of the outside: something that prints a quotation, and something that reads a spreadsheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedParty:
    """The seller or the buyer as printed; what is None or empty is left out."""

    name: str
    contact: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    gst_no: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One box; `size` is text with its unit, `rate` and `amount` are shown with 2 decimals."""

    number: int
    name: str
    description: str | None
    ply: int
    size: str
    quantity: int
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A version of a quote as it is printed: amounts in major units, text as the users wrote it.

    `dated` and `valid_until` are days in the tenant's zone; `created_at` is the version's, so that the
    same version always gives the same bytes.
    """

    quote_no: str
    version_no: int
    dated: date
    created_at: datetime
    seller: PrintedParty
    buyer: PrintedParty
    lines: tuple[PrintedLine, ...]
    currency: str
    subtotal: Decimal
    gst_percent: Decimal
    gst_amount: Decimal
    transport_charge: Decimal
    round_off_value: Decimal
    final_total: Decimal
    payment_terms: str | None = None
    delivery: str | None = None
    valid_until: date | None = None


class QuotationPrinter(Protocol):
    """Prints quotations as PDF."""

    def print_quotation(self, quotation: Quotation) -> bytes:
        """The A4 document; equal quotations give equal bytes."""
        ...


# A formula is text that begins with "=", a date or an error "\0" and what to do about it: no file can hold that.
Cell: TypeAlias = str | Decimal


class SheetRow(NamedTuple):
    """A row that is not empty: its number as a spreadsheet shows it, and its filled cells by column, from 0."""

    number: int
    cells: Mapping[int, Cell]


class SpreadsheetReader(Protocol):
    """Reads uploaded spreadsheets."""

    def read_rows(self, content: bytes) -> Iterator[SheetRow]:
        """Row by row; errors.SpreadsheetRefused for a file that cannot be taken."""
        ...
