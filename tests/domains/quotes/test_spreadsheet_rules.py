"""How a spreadsheet says what a box is."""

from decimal import Decimal

import pytest

from shared.domains.quotes.rules.spreadsheet import (
    CellRefused,
    column_letters,
    columns,
    heading_of,
    item_of_row,
    matched_columns,
)


def test_layers_come_from_the_outside_in() -> None:
    papers = [heading for heading in columns(5) if heading.endswith("GSM")]
    assert papers == ["L1 GSM", "F1 GSM", "L2 GSM", "F2 GSM", "L3 GSM"]
    assert columns(9)["F4 Rate"] == ("layers", 7, "rate")
    assert [len(columns(ply)) for ply in (1, 3, 5, 7, 9)] == [13, 23, 33, 43, 53]


def test_headings_are_known_in_any_case_and_spacing() -> None:
    given = {0: " box  NAME ", 3: "l1gsm", 7: "LENGTH", 8: "W idth"}
    assert matched_columns(given) == {0: "Box Name", 3: "L1 GSM", 7: "Length", 8: "Width"}


@pytest.mark.parametrize(
    ("cells", "item"),
    [
        ({0: "Tray", 1: "5"}, {"name": "Tray", "ply": 5, "layers": [{}, {}, {}, {}, {}]}),
        ({0: Decimal(101), 1: Decimal(1)}, {"name": "101", "ply": 1, "layers": [{}]}),
        ({0: "-5", 1: "1", 2: "Bc "}, {"name": "-5", "ply": 1, "layers": [{}], "flute_combination": "BC"}),
        ({0: "A", 1: "1", 3: "RSC"}, {"name": "A", "ply": 1, "layers": [{}], "item_type": "rsc"}),
        ({0: "A", 1: "1", 4: " 18.50"}, {"name": "A", "ply": 1, "layers": [{"gsm": "18.50"}]}),
        ({0: "A", 1: "1", 4: Decimal("18.5")}, {"name": "A", "ply": 1, "layers": [{"gsm": "18.5"}]}),
    ],
)
def test_a_row_is_an_item(cells: dict[int, str | Decimal], item: dict[str, object]) -> None:
    headings = {0: "Box Name", 1: "Ply", 2: "Flute", 3: "Type", 4: "L1 GSM"}
    assert item_of_row(cells, headings) == {**item, "max_length_threshold_mm": None}


@pytest.mark.parametrize("text", ["3", "3.0", " 3.00 "])
def test_ply_is_a_whole_number_however_it_is_written(text: str) -> None:
    assert item_of_row({0: text}, {0: "Ply"})["ply"] == 3


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({0: "=A1", 1: "1"}, "Box Name"), ({0: "A", 1: "two"}, "Ply"), ({0: "A"}, "Ply"),
        ({0: "A", 1: "3.5"}, "Ply"), ({0: "A", 1: "3."}, "Ply"), ({0: "A", 1: "13"}, "Ply"),
        ({0: "A", 1: "3.0.0"}, "Ply"), ({0: "A", 1: "\0is a date."}, "Ply"),
        ({0: "A", 1: "1", 27: "note"}, "AB"), ({0: "A", 1: "1", 2: "18"}, "F1 GSM"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_is_named(cells: dict[int, str | Decimal], column: str) -> None:
    with pytest.raises(CellRefused) as refused:
        item_of_row(cells, {0: "Box Name", 1: "Ply", 2: "F1 GSM"})
    assert refused.value.column == column


def test_a_cell_that_is_neither_text_nor_number_is_refused_with_its_reason() -> None:
    with pytest.raises(CellRefused, match=r"^Box Name: is a date\.$"):
        item_of_row({0: "\0is a date.", 1: "1"}, {0: "Box Name", 1: "Ply"})
    with pytest.raises(CellRefused, match=r"^AB1: is a date\.$"):
        matched_columns({0: "Box Name", 27: "\0is a date."})


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    named = {0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"}
    assert {position: column_letters(position) for position in named} == named


def test_a_path_is_named_by_its_heading_and_else_by_its_field() -> None:
    assert heading_of(("layers", 2, "bf")) == "L2 BF"
    assert heading_of(("flute_combination",)) == "Flute"
    assert heading_of(("layers", 0, "fluting_factor")) == "fluting_factor"
    assert heading_of(()) == ""
