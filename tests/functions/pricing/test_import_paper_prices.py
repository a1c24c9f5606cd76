"""POST /api/pricing/paper-bf-prices/import."""

import pytest

from tests.functions.pricing.test_save_paper_prices import prices
from tests.support.client import Answer, Client, Request

PATH = "/api/pricing/paper-bf-prices/import"


def example(owner: Client) -> Request:
    return Request("POST", PATH, body=b"bf,base_price\n24,40\n26,41.25\n", content_type="text/csv")


def sent(owner: Client, text: str | bytes) -> Answer:
    body = text.encode() if isinstance(text, str) else text
    return owner.send(Request("POST", PATH, body=body, content_type="text/csv; charset=utf-8"))


def test_rows_are_added_or_change_a_price(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert answer.status == 200
    assert answer.json == {"accepted": 2, "refused": []}
    assert (prices(owner)[24], prices(owner)[26]) == ("40.00", "41.25")


def test_a_spreadsheets_own_csv_is_taken(owner: Client) -> None:
    assert sent(owner, '\ufeff Base_Price ,"BF"\r\n" 40 ",24\r\n\r\n,\r\n').json == {"accepted": 1, "refused": []}


def test_wrong_rows_are_named_and_lose_no_other(owner: Client) -> None:
    answer = sent(owner, "bf,base_price\n24,x\n26,41\n=1+1,40\n,40\n30\n31,-1\n24,NaN\n")
    assert answer.json["accepted"] == 1
    named = [(cell["row"], cell["column"]) for cell in answer.json["refused"]]
    assert named == [(2, "base_price"), (4, "bf"), (5, "bf"), (6, "base_price"), (7, "base_price"), (8, "base_price")]
    assert "ormula" in answer.json["refused"][1]["reason"]
    assert prices(owner)[26] == "41.00" and prices(owner)[24] == "38.50"


def test_a_cell_beyond_the_headings_is_refused_and_loses_no_other_row(owner: Client) -> None:
    before = prices(owner)
    answer = sent(owner, "bf,base_price\n24,1,250\n22,38,50\n26,41,,\n,,7\n")
    assert answer.json["accepted"] == 1
    assert [(cell["row"], cell["column"]) for cell in answer.json["refused"]] == [
        (2, "base_price"), (3, "base_price"), (5, "base_price")
    ]  # fmt: skip
    assert all("more cells" in cell["reason"] for cell in answer.json["refused"])
    assert prices(owner) == before | {26: "41.00"}


@pytest.mark.parametrize("separator", ",;\t")
def test_another_countrys_separator_is_taken_and_its_decimal_comma_refused(owner: Client, separator: str) -> None:
    lines = "bf|base_price", "24|40.5", '26|"38,50"', '22|"1,250"'
    answer = sent(owner, "\r\n".join(lines).replace("|", separator))
    assert answer.json["accepted"] == 1
    assert [(cell["row"], cell["column"]) for cell in answer.json["refused"]] == [(3, "base_price"), (4, "base_price")]
    assert all("plain digits" in cell["reason"] for cell in answer.json["refused"])
    assert prices(owner)[24] == "40.50"


@pytest.mark.parametrize("headings", ["Base Price,BF", " BASE_PRICE ,bf", "base  price,Bf"])
def test_headings_are_read_as_people_write_them(owner: Client, headings: str) -> None:
    assert sent(owner, f"{headings}\n40,24\n").json == {"accepted": 1, "refused": []}


def test_a_file_without_a_good_row_is_refused(owner: Client) -> None:
    answer = sent(owner, "bf,base_price\n24,=40\n")
    assert answer.status == 422
    assert answer.json["type"] == "/problems/no-valid-row"
    assert answer.json["refused"][0]["row"] == 2


@pytest.mark.parametrize(
    "text", ["", "bf,price\n1,2\n", "bf,bf\n1,2\n", b"\xff\xfe", 'bf,base_price\n"24,1\n', "bf,base_price\n1\x00,2"]
)
def test_what_is_no_such_csv_is_refused(owner: Client, text: str | bytes) -> None:
    assert sent(owner, text).status == 422


def test_too_many_rows_are_refused(owner: Client) -> None:
    answer = sent(owner, "bf,base_price\n" + "24,40\n" * 2001)
    assert answer.status == 413
    assert answer.json["type"] == "/problems/too-many-rows"
