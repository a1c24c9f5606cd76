"""Sets text on A4 pages in the scripts of India: chooses fonts, breaks lines, shapes and draws.

Text is only ever text: no markup, no links; control and bidi characters go, and what no font has becomes U+FFFD.
"""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.line_break import Fragment

Colour = tuple[int, int, int]

FONTS = Path(__file__).with_name("fonts")
LATIN = "NotoSans"
SCRIPTS = {  # these Unicode blocks are 128 wide: the code point >> 7 names the font
    0x12: "NotoSansDevanagari",
    0x13: "NotoSansBengali",
    0x14: "NotoSansGurmukhi",
    0x15: "NotoSansGujarati",
    0x16: "NotoSansOriya",
    0x17: "NotoSansTamil",
    0x18: "NotoSansTelugu",
    0x19: "NotoSansKannada",
    0x1A: "NotoSansMalayalam",
}
JOINERS = "\u200c\u200d"
SHARED = JOINERS + " \u0964\u0965"  # belong to the script before them: joiners, space, danda
UNKNOWN = "\ufffd"
MARGIN = 10.0
WIDTH = 210.0 - 2 * MARGIN
BOTTOM = 297.0 - MARGIN - 8.0
PAGE_COUNT = "{pages}"


class Style(NamedTuple):
    """Size in points; the line height is in millimetres."""

    size: float
    height: float
    colour: Colour
    bold: bool = False


FOOTER = Style(7.5, 4, (108, 117, 125))


@cache
def font_path(script: str, bold: bool) -> Path:
    """The file of a script's font; some scripts have no bold one."""
    path = FONTS / f"{script}-Bold.ttf"
    return path if bold and path.exists() else FONTS / f"{script}-Regular.ttf"


def clean(text: str) -> str:
    """One line of plain text: composed (NFC), without control, bidi and other invisible characters."""
    kept = []
    for char in unicodedata.normalize("NFC", text):
        if char.isprintable() or char in JOINERS:
            kept.append(char)
        elif char.isspace() or unicodedata.category(char) == "Cc":
            kept.append(" ")
        elif unicodedata.category(char) != "Cf":
            kept.append(UNKNOWN)
    return "".join(kept)


def clusters(word: str) -> list[str]:
    """The pieces a word may be broken into: marks, joiners and what follows a virama stay with their letter."""
    pieces: list[str] = []
    joined = False
    for char in word:
        mark = char in JOINERS or unicodedata.category(char).startswith("M")
        if pieces and (mark or joined):
            pieces[-1] += char
        else:
            pieces.append(char)
        joined = char in JOINERS or unicodedata.combining(char) == 9
    return pieces


class Sheet(FPDF):
    """An A4 document that is written from top to bottom; `cursor` is the height reached on the page."""

    def __init__(self, title: str, author: str, created_at: datetime) -> None:
        super().__init__(format="A4")
        self.set_margin(MARGIN)
        self.set_auto_page_break(False)
        self.c_margin = 0
        self.alias_nb_pages(PAGE_COUNT)
        self.title_line = clean(title)
        self.set_title(self.title_line)
        self.set_author(clean(author))
        self.set_lang("en-IN")
        self.set_creation_date(created_at)
        self._widths: dict[tuple[str, Style], float] = {}
        self.cursor = 0.0
        self.start_page()

    def start_page(self) -> None:
        """Begin the next page; fpdf calls `footer` for the one it ends."""
        self.add_page()
        self.cursor = MARGIN

    def footer(self) -> None:
        """Page x of y on the left, the title on the right."""
        self.cursor = BOTTOM + 3
        self.choose(LATIN, FOOTER)
        self.set_xy(MARGIN, self.cursor)
        self.cell(text=f"Page {self.page_no()} of {PAGE_COUNT}", h=FOOTER.height)
        self.write_line(self.title_line, FOOTER, MARGIN, WIDTH, "R")

    def is_full(self, height: float) -> bool:
        """Whether so many millimetres no longer fit on this page."""
        return self.cursor + height > BOTTOM

    def choose(self, script: str, style: Style) -> None:
        """Make a font current, with shaping for the scripts that need it; fonts are loaded when first used."""
        path = font_path(script, style.bold)
        if path.stem.lower() not in self.fonts:
            self.add_font(path.stem, fname=path)
        self.set_font(path.stem, size=style.size)
        self.set_text_shaping(script != LATIN)
        self.set_text_color(*style.colour)

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text cut where its script changes: [(script's font, text)]."""
        if text.isascii():
            return [(LATIN, text)]
        found: list[tuple[str, str]] = []
        for char in text:
            script = found[-1][0] if found and char in SHARED else SCRIPTS.get(ord(char) >> 7, LATIN)
            if found and found[-1][0] == script:
                found[-1] = (script, found[-1][1] + char)
            else:
                found.append((script, char))
        return found

    def _preload_bidirectional_text(self, text: str, markdown: bool) -> Sequence[Fragment]:
        """A shaped run stays whole, being of one script; fpdf would cut it at joiners before HarfBuzz sees it."""
        if self.text_shaping:
            return [Fragment(text, self._get_current_graphics_state(), self.k)]
        return super()._preload_bidirectional_text(text, markdown)

    def shown(self, run: str) -> str:
        """The run as the current font can show it."""
        if run.isascii():
            return run
        glyphs = cast(TTFFont, self.current_font).cmap
        return "".join(c if ord(c) in glyphs else "" if c in JOINERS else UNKNOWN for c in run)

    def text_width(self, text: str, style: Style) -> float:
        """Millimetres of a clean line of text, remembered because words repeat."""
        if (text, style) not in self._widths:
            width = 0.0
            for script, run in self.runs(text):
                self.choose(script, style)
                width += self.get_string_width(self.shown(run))
            self._widths[text, style] = width
        return self._widths[text, style]

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """Lines that fit the width; line breaks of the text are kept, blank lines are not."""
        lines: list[str] = []
        space = self.text_width(" ", style)
        for paragraph in text.splitlines():
            line, used = "", 0.0
            for word in clean(paragraph).split():
                for piece in self.pieces(word, style, width):
                    needed = self.text_width(piece, style)
                    if line and used + space + needed > width:
                        lines.append(line)
                        line, used = piece, needed
                    else:
                        line, used = (f"{line} {piece}", used + space + needed) if line else (piece, needed)
            if line:
                lines.append(line)
        return lines

    def pieces(self, word: str, style: Style, width: float) -> list[str]:
        """The word, or where it is wider than the column, parts of it that are not."""
        if self.text_width(word, style) <= width:
            return [word]
        parts, used = [""], 0.0
        for cluster in clusters(word):
            needed = self.text_width(cluster, style)
            if parts[-1] and used + needed > width:
                parts.append("")
                used = 0.0
            parts[-1] += cluster
            used += needed
        return parts

    def write_line(self, text: str, style: Style, x: float, width: float, align: Literal["L", "R"] = "L") -> None:
        """Draw one clean line at the cursor, between x and x + width; the cursor stays."""
        if align == "R":
            x += width - self.text_width(text, style)
        baseline = self.cursor + style.height * 0.72
        for script, run in self.runs(text):
            self.choose(script, style)
            shown = self.shown(run)
            if script == LATIN:
                self.text(x, baseline, shown)  # unshaped: 20 times quicker than a cell
            else:
                self.set_xy(x, baseline - 0.3 * self.font_size)  # where a cell of no height puts its baseline
                self.cell(text=shown, h=0)
            x += self.text_width(run, style)
