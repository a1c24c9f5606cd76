"""POST /api/quotes/import."""

import io
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from tests.adapters.test_spreadsheet import HOSTILE, REFUSED, workbook
from tests.functions.quotes.boxes import add_party, add_quote, box
from tests.support.client import Answer, Client, Request, multipart, sign_up
from tests.support.database import Database

PATH = "/api/quotes/import"
HEADINGS = (
    "Box Name,Type,Ply,Flute,Length,Width,Height,Quantity,L1 GSM,L1 BF,L1 RCT,L1 Shade,L1 Rate,"
    "F1 GSM,F1 BF,F1 RCT,F1 Shade,F1 Rate,L2 GSM,L2 BF,L2 RCT,L2 Shade,L2 Rate,F2 GSM,F2 BF"
)
GOOD = "Mango carton,rsc,3,B,400,300,200,1000,180,24,,,39.5,120,18,,,35,180,24,,,39.5"


def example(owner: Client) -> Request:
    return multipart(PATH, "boxes.csv", f"{HEADINGS}\n{GOOD}\n".encode(), party_id=add_party(owner))


def imported(owner: Client, *rows: str, headings: str = HEADINGS, **fields: str) -> Answer:
    content = "\n".join([headings, *rows]).encode()
    return owner.upload(PATH, "boxes.csv", content, **{"party_id": add_party(owner)} | fields)


def taken(answer: Answer) -> Any:
    assert answer.status == 201, answer.body
    return answer.json


def with_cell(heading: str, value: str) -> str:
    cells = [*GOOD.split(","), "", ""]
    cells[HEADINGS.split(",").index(heading)] = value
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)


def test_a_row_becomes_what_posting_the_box_becomes(owner: Client) -> None:
    posted, answer = add_quote(owner), taken(imported(owner, GOOD))
    assert (answer["accepted"], answer["refused"]) == (1, [])
    assert answer["quote"]["items"] == posted["items"]
    assert answer["quote"]["final_total"] == posted["final_total"]
    assert owner.get(f"/api/quotes/{answer['quote']['id']}").json == answer["quote"]


def test_header_fields_of_the_quote_come_beside_the_file(owner: Client) -> None:
    fields = {
        "gst_percent": "18", "transport_charge": "750.50", "round_off_enabled": "false", "payment_terms": "हिन्दी",
        "delivery_days": "10 days", "valid_until": "2026-12-31",
    }  # fmt: skip
    quote = taken(imported(owner, GOOD, **fields))["quote"]
    assert quote | fields | {"gst_percent": "18.00", "round_off_enabled": False} == quote


def test_a_workbook_is_read_as_well(owner: Client) -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(HEADINGS.split(","))
    book.active.append([float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in GOOD.split(",")])
    book.save(file)
    answer = taken(owner.upload(PATH, "boxes.xlsx", file.getvalue(), party_id=add_party(owner)))
    assert answer["quote"]["items"] == add_quote(owner)["items"]


def test_dates_and_errors_of_a_workbook_are_refused_in_their_rows(owner: Client) -> None:
    """10-12 and 5-10 are what a box and a quantity may be called, and a spreadsheet makes dates of them."""
    good = [float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in GOOD.split(",")]
    book, file = openpyxl.Workbook(), io.BytesIO()
    for cells in (HEADINGS.split(","), [date(2026, 12, 10), *good[1:]], good, good, good):
        book.active.append(cells)
    book.active["H3"], book.active["A4"] = date(2026, 10, 5), "#N/A"
    book.save(file)
    answer = taken(owner.upload(PATH, "boxes.xlsx", file.getvalue(), party_id=add_party(owner)))
    a_date = "is a date or a time: format the cell as text and type it again."
    assert answer["refused"] == [
        {"row": 2, "column": "Box Name", "reason": a_date},
        {"row": 3, "column": "Quantity", "reason": a_date},
        {"row": 4, "column": "Box Name", "reason": "holds the error #N/A: correct it."},
    ]
    assert [(item["name"], item["quantity"]) for item in answer["quote"]["items"]] == [("Mango carton", 1000)]


def test_numbers_are_taken_as_pandas_writes_them(owner: Client) -> None:
    row = ",".join(f"{cell}.0" if cell.isdigit() else cell for cell in GOOD.split(","))
    assert ",3.0,B,400.0," in row
    assert taken(imported(owner, row))["quote"]["items"] == add_quote(owner)["items"]


def test_a_long_box_is_of_one_piece(owner: Client) -> None:
    """2(800 + 600) and a glue flap of 45 mm: posted with the usual threshold it would take 50 mm more."""
    row = GOOD.replace("400,300,200", "800,600,400")
    [item] = taken(imported(owner, row))["quote"]["items"]
    assert (item["costing"]["sheet_length_mm"], item["costing"]["additional_flap_applied"]) == (2845, False)
    sizes = {"length": 800, "width": 600, "height": 400}
    [posted] = add_quote(owner, items=[box(**sizes, max_length_threshold_mm=None)])["items"]
    assert item == posted


def test_headings_are_known_in_any_case_order_and_spacing(owner: Client) -> None:
    order = list(reversed(range(23)))
    headings = ",".join([" ".join(HEADINGS.split(",")[place].upper()) for place in order])
    row = ",".join(GOOD.split(",")[place] for place in order)
    assert taken(imported(owner, row, headings=headings))["accepted"] == 1


def test_empty_cells_take_what_pricing_takes(owner: Client) -> None:
    row = "Tray,,3,,400,300,200,,180,24,,,,120,18,,,,180,24,,,"
    [item] = taken(imported(owner, row))["quote"]["items"]
    paper = [{"gsm": 180, "bf": 24}, {"gsm": 120, "bf": 18}, {"gsm": 180, "bf": 24}]
    [posted] = add_quote(owner, items=[box(name="Tray", quantity=None, flute_combination=None, layers=paper)])["items"]
    assert item == posted


def test_an_upload_that_is_sent_again_is_the_same(owner: Client) -> None:
    """Though each time it has another boundary between its parts."""
    party, content = add_party(owner), f"{HEADINGS}\n{GOOD}\n".encode()

    def upload(content: bytes) -> Answer:
        request = multipart(PATH, "boxes.csv", content, party_id=party)
        return owner.send(replace(request, headers={"idempotency-key": "once"}))

    first, again, other = upload(content), upload(content), upload(content + GOOD.encode())
    assert (first.status, again.status, again.json) == (201, 201, first.json)
    assert again.headers["idempotency-replayed"] == "true"
    assert (other.status, other.json["type"]) == (422, "/problems/idempotency-key-reused")


def test_a_file_without_rows_says_so(owner: Client) -> None:
    refused = imported(owner)
    assert (refused.status, refused.json["refused"]) == (422, [])
    assert refused.json["detail"] == "The file has no row below its headings."


def test_half_a_box_is_no_quantity(owner: Client) -> None:
    [row] = imported(owner, with_cell("Quantity", "2.5")).json["refused"]
    assert (row["column"], row["reason"]) == ("Quantity", "is no whole number")


def test_a_sheet_has_no_height(owner: Client) -> None:
    row = "Partition,SHEET,1,,400,300,,10,180,24,,,39.5"
    [item] = taken(imported(owner, row))["quote"]["items"]
    assert item["costing"]["sheet_length_mm"] == 410


@pytest.mark.parametrize(
    ("heading", "value", "column", "reason"),
    [
        ("Box Name", "", "Box Name", "empty"),
        ("Box Name", "=HYPERLINK(1)", "Box Name", "formula"),
        ("Box Name", "@SUM(A1)", "Box Name", "formula"),
        ("Box Name", "\t=1", "Box Name", "formula"),
        ("Box Name", "-2+3", "Box Name", "formula"),
        ("L1 Shade", "+cmd|' /C calc'!A0", "L1 Shade", "formula"),
        ("Quantity", "=1+1", "Quantity", "formula"),
        ("Type", "tray", "Type", "'rsc' or 'sheet'"),
        ("Ply", "", "Ply", "1, 3, 5, 7 or 9"),
        ("Ply", "4", "Ply", "1, 3, 5, 7 or 9"),
        ("Ply", "5", "F2 GSM", "empty"),
        ("Flute", "BC", "Flute", "flute"),
        ("Length", "", "Length", "empty"),
        ("Length", "-400", "Length", "number from 0"),
        ("Length", "400 mm", "Length", "number"),
        ("Length", "1,400", "Length", "number"),
        ("Height", "", "Height", "height"),
        ("Quantity", "0", "Quantity", ""),
        ("Quantity", "1.5", "Quantity", ""),
        ("L1 GSM", "", "L1 GSM", "empty"),
        ("F1 BF", "", "F1 BF", "empty"),
        ("L2 Rate", "free", "L2 Rate", "number"),
        ("F2 GSM", "120", "F2 GSM", "3 ply has 3 layers"),
    ],
)
def test_a_bad_row_is_named_and_does_not_lose_the_good_ones(
    owner: Client, heading: str, value: str, column: str, reason: str
) -> None:
    answer = taken(imported(owner, GOOD, with_cell(heading, value), GOOD))
    assert answer["accepted"] == len(answer["quote"]["items"]) == 2
    [refused] = answer["refused"]
    assert (refused["row"], refused["column"]) == (3, column)
    assert reason in refused["reason"]


def test_paper_without_a_price_is_named_at_its_rate(owner: Client) -> None:
    row = "Tray,,3,,400,300,200,,180,77,,,,120,18,,,35,180,77,,,"
    [refused] = taken(imported(owner, GOOD, row))["refused"]
    assert (refused["row"], refused["column"]) == (3, "L1 Rate")
    assert "also L2 Rate" in refused["reason"]


def test_rows_are_numbered_as_the_spreadsheet_shows_them(owner: Client) -> None:
    answer = taken(imported(owner, "", GOOD, "", with_cell("Ply", "2"), with_cell("Width", ""), GOOD))
    assert [(refused["row"], refused["column"]) for refused in answer["refused"]] == [(5, "Ply"), (6, "Width")]
    assert answer["accepted"] == 2


def test_a_file_without_a_valid_row_makes_no_quote(owner: Client) -> None:
    answer = imported(owner, with_cell("Ply", "2"), with_cell("Length", ""))
    assert (answer.status, answer.json["type"]) == (422, "/problems/no-valid-row")
    assert [(refused["row"], refused["column"]) for refused in answer.json["refused"]] == [(2, "Ply"), (3, "Length")]
    assert imported(owner).json["refused"] == []
    assert owner.get("/api/quotes").json["items"] == []
    assert add_quote(owner)["quote_no"].endswith("-001")


@pytest.mark.parametrize(
    ("headings", "reason"),
    [
        (HEADINGS.replace("Height", "Depth"), "Depth: is not a known heading"),
        (f"{HEADINGS},Ply", "Ply: stands twice"),
        (HEADINGS.replace("Box Name,", ""), "Box Name: is missing"),
        ("=1+1", "not a known heading"),
        ("", "Row 1 is empty"),
    ],
)
def test_headings_that_are_not_understood_refuse_the_file(owner: Client, headings: str, reason: str) -> None:
    answer = imported(owner, GOOD, headings=headings)
    assert (answer.status, answer.json["type"]) == (422, "/problems/spreadsheet-refused")
    assert reason in answer.json["detail"]


def test_two_thousand_rows_are_taken_and_stored_by_one_statement(owner: Client, database: Database) -> None:
    party_id = add_party(owner)
    rows = [GOOD.replace("Mango carton", f"Box {number}") for number in range(2000)]
    content = "\n".join([HEADINGS, *rows]).encode()
    before, started = database.proxy.round_trips, time.perf_counter()
    answer = taken(owner.upload(PATH, "boxes.csv", content, party_id=party_id))
    assert database.proxy.round_trips - before <= 3
    assert time.perf_counter() - started < 10
    assert answer["accepted"] == 2000
    assert [item["name"] for item in answer["quote"]["items"]] == [f"Box {number}" for number in range(2000)]
    assert Decimal(answer["quote"]["subtotal"]) == 2000 * Decimal(add_quote(owner)["subtotal"])
    assert owner.get(f"/api/quotes/{answer['quote']['id']}").json == answer["quote"]
    one_more = owner.upload(PATH, "boxes.csv", content + f"\n{GOOD}".encode(), party_id=party_id)
    assert "more than 2,000 rows" in one_more.json["detail"]


@pytest.mark.parametrize("content", [content for content, _ in REFUSED.values()], ids=list(REFUSED))
def test_a_file_that_is_no_spreadsheet_is_refused(owner: Client, content: bytes) -> None:
    answer = owner.upload(PATH, "boxes.xlsx", content, party_id=add_party(owner))
    assert (answer.status, answer.json["type"]) == (422, "/problems/spreadsheet-refused")


@pytest.mark.parametrize("name", ["1 GB", "1 GB that claims to be small", "nesting", "fields of a CSV row"])
def test_a_hostile_file_is_refused_at_once(owner: Client, name: str) -> None:
    content, party_id = HOSTILE[name](), add_party(owner)
    started = time.process_time()
    answer = owner.upload(PATH, "boxes.xlsx", content, party_id=party_id)
    assert answer.status in (413, 422)
    assert time.process_time() - started < 2


def test_a_file_over_4_mb_is_refused(owner: Client) -> None:
    answer = owner.upload(PATH, "boxes.csv", b"x" * (4 * 1024 * 1024 + 1), party_id=add_party(owner))
    assert (answer.status, answer.json["type"]) == (413, "/problems/file-too-large")


def test_a_formula_of_a_workbook_is_refused_in_its_row(owner: Client) -> None:
    titles = ("Box Name", "Ply", "Length", "Width", "Height", "L1 GSM", "L1 BF", "L1 Rate")
    heading = "".join(f'<c t="inlineStr"><is><t>{title}</t></is></c>' for title in titles)

    def row(number: int, length: str) -> str:
        name = f'<c r="A{number}" t="str"><v>Tray</v></c><c r="B{number}"><v>1</v></c><c r="C{number}">{length}</c>'
        rest = "".join(f'<c r="{column}{number}"><v>100</v></c>' for column in "DEFGH")
        return f'<row r="{number}">{name}{rest}</row>'

    content = workbook(f'<row r="1">{heading}</row>{row(7, "<f>20*20</f><v>400</v>")}{row(9, "<v>400</v>")}')
    answer = taken(owner.upload(PATH, "boxes.xlsx", content, party_id=add_party(owner)))
    assert [(refused["row"], refused["column"]) for refused in answer["refused"]] == [(7, "Length")]
    assert answer["accepted"] == 1


def test_a_party_that_is_not_the_tenants_is_not_found(owner: Client) -> None:
    answer = imported(owner, GOOD, party_id=add_party(sign_up()))
    assert (answer.status, answer.json["type"]) == (404, "/problems/party-not-found")


def test_a_form_without_its_parts_is_pointed_at(owner: Client) -> None:
    answer = owner.upload(PATH, "boxes.csv", b"", discount="5")
    assert answer.status == 422
    assert {error["pointer"] for error in answer.json["errors"]} == {"#/party_id", "#/discount"}
    assert owner.post(PATH, {"party_id": add_party(owner)}).status == 415


def test_two_thousand_rows_that_are_wrong_everywhere_still_fit_into_an_answer(owner: Client) -> None:
    cells = len(HEADINGS.split(",")) - 2
    wrong = ",".join(["A", "tray", "9", "XYZQ5", *["many"] * (cells - 4)])
    answer = imported(owner, *[wrong] * 2000)
    assert answer.status == 422
    assert len(answer.json["refused"]) == 2000
    assert len(answer.body) < 3_000_000
