"""What a spreadsheet makes of the CSV we write."""

import csv
import io
from decimal import Decimal

import pytest

from shared.core.csv_file import csv_file, inert


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1", "'+49 30 1"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\0=x", "'\0=x"),
        ("  =1", "'  =1"),
        ("a;=1", "a;'=1"),
        ("a, +1", "a,' +1"),
        ('"=1', """"'=1"""),
        ("a\n@b", "a\n'@b"),
        ("pro-yearly", "pro-yearly"),
        ("a = b", "a = b"),
        ("50% + 1", "50% + 1"),
        ("", ""),
    ],
)
def test_text_is_no_formula(text: str, opened: str) -> None:
    assert inert(text) == opened


def test_numbers_stay_numbers() -> None:
    file = csv_file(["amount", "count"], [(Decimal("-5.50"), -3)], "x.csv")
    assert file == b"amount,count\r\n-5.50,-3\r\n"
    assert file.filename == "x.csv"


def test_what_is_read_is_what_was_written_but_for_the_apostrophe() -> None:
    cells = ['say "x", y', "two\nlines", "प्रो", "=1"]
    file = csv_file(["a", "b", "c", "d"], [cells], "x.csv")
    assert file.startswith(b"\xef\xbb\xbf")
    _, read = csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""))
    assert read == [*cells[:3], "'=1"]
