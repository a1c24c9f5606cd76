"""POST /api/parties."""

import pytest

from tests.functions.quotes.boxes import PARTY
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("POST", "/api/parties", PARTY)


def test_the_party_is_answered_as_it_is_stored(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert answer.status == 201
    assert answer.json | PARTY == answer.json
    assert owner.get(f"/api/parties/{answer.json['id']}").json == answer.json


def test_a_name_is_enough(owner: Client) -> None:
    answer = owner.post("/api/parties", {"person_name": "  हिन्दी O'Neil; --  "})
    assert answer.status == 201
    assert answer.json["person_name"] == "हिन्दी O'Neil; --"
    assert answer.json["gst_no"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("person_name", "   "), ("person_name", None), ("email", "rohan@"), ("mobile_no", "call me"),
        ("gst_no", "27AAPFU0939F1ZA"), ("gst_no", "27AABCU9603R1ZM"), ("id", "x"), ("tenant_id", "x"),
        ("company_name", "a\u0000b"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named(owner: Client, field: str, value: object) -> None:
    answer = owner.post("/api/parties", PARTY | {field: value})
    assert answer.status == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [f"#/{field}"]
