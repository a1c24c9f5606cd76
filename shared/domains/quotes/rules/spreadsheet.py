"""How a spreadsheet says what a box is: its headings, and how a row of it becomes the item of a quote."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

LAYER_FIELDS = {"GSM": "gsm", "BF": "bf", "RCT": "rct_value", "Shade": "shade", "Rate": "rate"}
BOX_FIELDS = {
    "Box Name": "name", "Type": "item_type", "Ply": "ply", "Flute": "flute_combination", "Length": "length",
    "Width": "width", "Height": "height", "Quantity": "quantity",
}  # fmt: skip
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
MOST_PLY = 9
PLY = re.compile(r"([13579])(\.0+)?")

Path = tuple[str | int, ...]  # of a field in an item: ("length",) or ("layers", 2, "gsm")


class CellRefused(Exception):
    """A cell that cannot be taken: its column, and what to do about it."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column, self.reason = column, reason


@cache
def columns(ply: int = MOST_PLY) -> Mapping[str, Path]:
    """The headings of a spreadsheet of boxes, in their order, and the field each fills: L1 is layer 0, F1 layer 1 …"""
    found: dict[str, Path] = {heading: (field,) for heading, field in BOX_FIELDS.items()}
    for layer in range(ply):
        for title, field in LAYER_FIELDS.items():
            found[f"{'LF'[layer % 2]}{layer // 2 + 1} {title}"] = ("layers", layer, field)
    return found


def matched_columns(headings: Mapping[int, str | Decimal]) -> dict[int, str]:
    """Which known heading each column has; case and spaces do not matter. CellRefused for one that is not known."""
    known = {_squeezed(heading): heading for heading in columns()}
    found: dict[int, str] = {}
    for position, text in headings.items():
        _refuse_unusable(text, f"{column_letters(position)}1")
        heading = known.get(_squeezed(str(text)))
        if heading is None:
            raise CellRefused(str(text)[:100], "is not a known heading: correct it, or remove the column.")
        if heading in found.values():
            raise CellRefused(heading, "stands twice in the heading: remove one of the columns.")
        found[position] = heading
    for heading in ("Box Name", "Length", "Width"):
        if heading not in found.values():
            raise CellRefused(heading, "is missing in row 1, which holds the headings.")
    return found


def item_of_row(cells: Mapping[int, str | Decimal], headings: Mapping[int, str]) -> dict[str, Any]:
    """The fields of an item, as POST /api/quotes takes it, from a row; no blank is too long to be of one piece.

    CellRefused where they cannot be read.
    """
    paths = columns()
    filled: dict[str, str] = {}
    for position, cell in cells.items():
        if position not in headings:
            raise CellRefused(column_letters(position), "is filled but has no heading: clear it, or name the column.")
        filled[headings[position]] = _text(cell, headings[position])
    ply = _ply(filled.pop("Ply", ""))
    item: dict[str, Any] = {"ply": ply, "layers": [{} for _ in range(ply)], "max_length_threshold_mm": None}
    for heading, value in filled.items():
        first, *rest = paths[heading]
        if not rest:
            item[str(first)] = _folded(str(first), value)
            continue
        layer, field = int(rest[0]), str(rest[1])
        if layer >= ply:
            raise CellRefused(heading, f"is filled, but a box of {ply} ply has {ply} layers: clear it, or correct Ply.")
        item["layers"][layer][field] = value
    return item


def heading_of(path: Path) -> str:
    """The heading under which a field of an item stands, or the field's own name."""
    return next((heading for heading, known in columns().items() if known == path), str(path[-1] if path else ""))


def column_letters(position: int) -> str:
    """As a spreadsheet names a column: 0 is A, 27 is AB."""
    letters = ""
    while position >= 0:
        letters = chr(ord("A") + position % 26) + letters
        position = position // 26 - 1
    return letters


def _squeezed(heading: str) -> str:
    return "".join(heading.split()).casefold()


def _refuse_unusable(cell: str | Decimal, column: str) -> None:
    """What is neither text nor a number comes as "\\0" and the reason (ports.Cell)."""
    if isinstance(cell, str) and cell.startswith("\0"):
        raise CellRefused(column, cell[1:])


def _text(cell: str | Decimal, heading: str) -> str:
    """A cell without blanks around it. What a spreadsheet would take for a formula is refused; -5 is a number."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    _refuse_unusable(cell, heading)
    text = cell.strip()
    if (cell[0] in "\t\r" or text[0] in "=+-@") and not NUMBER.fullmatch(text):
        raise CellRefused(heading, "begins like a formula: enter its value, or begin with a letter or a digit.")
    return text


def _ply(text: str) -> int:
    found = PLY.fullmatch(text)
    if found is None:
        raise CellRefused("Ply", "must be 1, 3, 5, 7 or 9.")
    return int(found[1])


def _folded(field: str, text: str) -> str:
    return text.lower() if field == "item_type" else text.upper() if field == "flute_combination" else text
