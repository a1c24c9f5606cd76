"""Types of input fields: what they take, what they refuse, and that their JSON schema says the same."""

import base64
import contextlib
import re
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from shared.core import fields, gstin
from shared.core.fields import PLAIN, Input, line
from tests.support import cases

TYPES = {
    name: TypeAdapter(getattr(fields, name))
    for name in (
        "Name", "Line", "Text", "EmailAddress", "Password", "NewPassword", "Phone", "Website", "Locale", "GstNumber",
        "StateCode", "TimeZoneName", "CurrencyCode", "Amount", "Rate", "SignedRate", "Percent",
    )
} | {
    "integer": TypeAdapter(Annotated[int, Field(ge=1, le=9), PLAIN]),
    "number": TypeAdapter(Annotated[float, Field(gt=0, le=10_000), PLAIN]),
}  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=()))
NUMBERS = ("Amount", "Rate", "SignedRate", "Percent", "integer", "number")

# Accepted though isemail gives them another category than VALID or DNSWARN.
ACCEPTED_ADDRESSES = {
    "157": "a blank before the address is trimmed",
    "158": "a blank after the address is trimmed",
    "166": "test@org: a domain of one label, which isemail tells from test@io (valid) by asking the DNS",
}


def test_addresses_are_judged_as_isemail_judges_them() -> None:
    listed = cases.load("conformance/isemail_addresses.json")["cases"]
    for case in listed:
        address = "".join(chr(ord(c) - 0x2400) if 0x2400 <= ord(c) < 0x2420 else c for c in case["address"])
        valid = case["category"] in ("ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN")
        assert accepts("EmailAddress", address) == (valid or case["id"] in ACCEPTED_ADDRESSES), case
    cases.ran("e-mail addresses of isemail", len(listed))


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (" Owner@Example.COM ", "owner@example.com"),
        ("a+b@shop.test", "a+b@shop.test"),
        ("a@mail.local", "a@mail.local"),
        ("a@host.invalid", "a@host.invalid"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("a@XN--BCHER-KVA.example", "a@xn--bcher-kva.example"),
    ],
)
def test_equal_addresses_are_stored_as_equal_texts(given: str, stored: str) -> None:
    assert taken("EmailAddress", given) == stored


@pytest.mark.parametrize(
    "address",
    ["ä@example.com", "a@b@example.com", "a b@example.com", "a@example.com\n", "a@exam ple.com", "a@127.0.0.1",
     "a@[::1]", "Owner <a@example.com>", "a@example.com,b@example.com", "a\0@example.com", f"{'a' * 65}@example.com",
     f"{'a' * 64}@{'b' * 62}.{'c' * 63}.{'d' * 63}", "a@\ud800.com", "a@xn--.com", "a@example..com", "a@example.com.",
     "a\uff20example.com", "a" * 5000 + "@example.com"],
)  # fmt: skip
def test_what_cannot_be_mailed_is_refused(address: str) -> None:
    assert not accepts("EmailAddress", address)


def test_numbers_of_taxpayers_are_judged_by_state_form_and_check_digit() -> None:
    listed = cases.load("conformance/gstin_and_gst.json")["gstin"]
    for case in listed:
        assert accepts("GstNumber", case["gstin"]) == case["valid"], case
        if "state" in case:
            assert gstin.STATES[case["gstin"][:2]] == case["state"]
    cases.ran("GSTINs", len(listed))


def test_a_taxpayer_number_is_stored_in_capitals() -> None:
    assert taken("GstNumber", " 27aapfu0939f1zv ") == "27AAPFU0939F1ZV"


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("27AAPFU0939F1Z", "15 characters; this one has 14"),
        ("28AAPFU0939F1ZT", "No state has the code 28"),
        ("27AAPFU0939F1YV", "a state code, a PAN"),
        ("27AAPFU0939F0ZV", "a state code, a PAN"),
        ("27AAPFU0939F1ZO", "check digit"),
        ("२७AAPFU0939F1ZV", "a state code, a PAN"),
    ],
)
def test_the_refusal_of_a_taxpayer_number_names_the_fault(number: str, fault: str) -> None:
    assert fault in complaint("GstNumber", number)


@given(st.integers(0, 13), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_the_check_digit_finds_every_mistyped_character(place: int, character: str) -> None:
    right = "27AAPFU0939F1Z"
    typed = right[:place] + character + right[place + 1 :]
    assert (gstin.check_digit(typed) == "V") == (typed == right)


ACCEPTED = {
    "Name": ["Sharma & Söhne", "नमस्ते", "O'Brien", "<b>x</b>", "x" * 200, "👩‍👩‍👧"],
    "Line": ["", "100% advance"],
    "Text": ["", "two\nlines", "tab\tand\r\nreturn"],
    "Phone": ["+91 98765 43210", "9876543210", "(022) 2345-6789", "+91 (022) 1234-5678", "0091.98765.43210"],
    "Website": ["https://example.com", "http://a.in:8080/x?y=1#z", "https://bücher.example/ä", "http://localhost"],
    "Locale": ["hi", "en-IN", "sr-Latn-RS"],
    "StateCode": ["01", "27", "97", "99"],
    "TimeZoneName": ["Asia/Kolkata", "UTC", "America/Argentina/Ushuaia"],
    "CurrencyCode": ["INR", "USD"],
    "Amount": [0, 1, 199.8, "199.80", "0", "9999999999999.99", "1.000", -0.0, 1e2],
    "Rate": ["36.123456789012", 0.1, "0.000000000001", 999999999],
    "SignedRate": ["-0.5", -1, "-999999999"],
    "Percent": [0, 18, "12.5", "0.25", 100],
    "integer": [1, 9, "5", 5.0],
    "number": [0.001, 10_000, "12.5", 1e3],
}
REFUSED = {
    "Name": ["", "  ", "\u3000", "\u200b", "\u202e \u2060", "\u3164", "a\nb", "a\0b", "\x1b[31m", "\ud800", "x" * 201,
             1, None, True, ["a"], b"a"],
    "Line": ["a\nb", "\0", "\ud800", "x" * 301, 1],
    "Text": ["\0", "\x08", "\ud800", "x" * 2001, {}],
    "Phone": ["", "12345", "1234567890123456", "+", "++911234567", "call me", "+91 98765 4321O", "98765\n43210",
              "٩٨٧٦٥٤٣٢١٠"],
    "Website": ["", "example.com", "javascript:alert(1)", "ftp://a.in", "https://", "https://a b.in", "https://u:p@a.in",
                "https://a.in/\nx", 'https://a.in/"x', "https:///x", "http://a.in\\@b.in"],
    "Locale": ["", "e", "english", "en_IN", "en-in"],
    "StateCode": ["25", "28", "00", "1", "027", "MH", 27, "२७"],
    "TimeZoneName": ["", "Asia", "asia/kolkata", "IST", "+05:30", "../../etc/passwd", "/etc/localtime", "localtime",
                     "x" * 300],
    "CurrencyCode": ["", "inr", "JPY", "XXX"],
    "Password": ["a\0", "\ud800", "x" * 1001, 12345678],
    "NewPassword": ["short", "password1", "x" * 1001, "long enough\0"],
    "Amount": [-1, "-0.01", "0.001", 0.30000000000000004, "10000000000000", "1,000", "₹5", "1/2", 1e300, 5e-324],
    "Rate": [-1, "0.0000000000001", 1_000_000_000],
    "SignedRate": ["-1000000000", "--1", "+-1"],
    "Percent": [-1, 100.01, "101"],
    "integer": [0, 10, 5.5, "5.5", 10**400],
    "number": [0, -1, 10_001, 1e308],
}  # fmt: skip
NO_NUMBERS = [
    True, False, None, "", " ", " 1", "1 ", "1e5", "1E400", "1_0", "٣", "0x10", "NaN", "-Infinity", "inf", "-0", "-0.0",
    ".", "1.", ".5", "+1", "9" * 5000, "\ud800", float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"),
    Decimal("1e999999999"), Decimal("1e-999999999"), [], {}, [1], 1j, 10**5000,
]  # fmt: skip


@pytest.mark.parametrize("kind", ACCEPTED)
def test_what_is_right_is_taken(kind: str) -> None:
    for value in ACCEPTED[kind]:
        assert taken(kind, value) is not None


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_wrong_is_refused(kind: str) -> None:
    for value in REFUSED[kind]:
        assert complaint(kind, value)


@pytest.mark.parametrize("kind", NUMBERS)
def test_what_people_do_not_take_for_a_number_is_refused(kind: str) -> None:
    for value in NO_NUMBERS:
        assert complaint(kind, value)


def test_decimals_are_exact() -> None:
    assert taken("Amount", 0.1) + taken("Amount", "0.20") == Decimal("0.3")
    assert TypeAdapter(fields.Rate).validate_json("0.123456789012") == Decimal("0.123456789012")


@pytest.mark.parametrize("kind", TYPES)
@given(value=ANY_TEXT | st.integers() | st.floats() | st.decimals() | st.none())
def test_any_value_is_taken_or_refused(kind: str, value: object) -> None:
    try:
        TYPES[kind].validate_python(value)
    except ValidationError as refused:
        assert refused.error_count() == 1


def test_any_naughty_string_is_taken_or_refused() -> None:
    strings = cases.load("conformance/naughty_strings.json")["strings"]
    for string in strings:
        assert {accepts(kind, string) for kind in TYPES} <= {True, False}
    cases.ran("naughty strings as each field", len(strings))


def test_any_text_of_the_json_test_suite_is_taken_or_refused() -> None:
    files = cases.load("conformance/json_test_suite.json")["files"]
    for file in files:
        for adapter in TYPES.values():
            with contextlib.suppress(ValidationError):
                adapter.validate_json(base64.b64decode(file["bytes_b64"]))
    cases.ran("JSON texts as each field", len(files))


@pytest.mark.parametrize("kind", [kind for kind in ACCEPTED if kind not in ("integer", "number")])
def test_the_json_schema_admits_what_is_accepted_and_refuses_other_texts(kind: str) -> None:
    schema = TYPES[kind].json_schema()
    assert not [value for value in ACCEPTED[kind] if value != "1.000" and not admits(schema, value)]
    if kind not in ("TimeZoneName", "Percent"):  # 600 names, a bound of a decimal string: too much for a schema
        texts = [value for value in REFUSED[kind] if isinstance(value, str) and "\ud800" not in value]
        assert not [value for value in texts if admits(schema, value)]


def test_every_type_shows_an_example_that_it_accepts() -> None:
    for kind, adapter in TYPES.items():
        schema = adapter.json_schema()
        if kind in NUMBERS[-2:]:
            continue
        for example in schema.get("examples") or schema["enum"]:
            assert admits(schema, taken(kind, example) and example)


def test_a_bare_str_is_refused_where_it_is_declared() -> None:
    for bare in (str, str | None, list[str], dict[str, int], Annotated[str, Field(max_length=9)], list[str | None]):
        with pytest.raises(TypeError, match=r"Careless\.text: a bare str"):
            type("Careless", (Input,), {"__annotations__": {"text": bare}})


def test_input_takes_known_fields_only() -> None:
    class Order(Input):
        name: fields.Name
        notes: list[Annotated[str, line(9)]] = []
        phone: fields.Phone | None = None
        weight: float = 0

    assert Order.model_validate({"name": " x ", "notes": ["a"]}).name == "x"
    for wrong in ({"name": "x", "more": 1}, {"name": "x", "notes": ["a\0"]}, {"name": "x", "weight": float("nan")}):
        with pytest.raises(ValidationError):
            Order.model_validate(wrong)


def accepts(kind: str, value: object) -> bool:
    try:
        TYPES[kind].validate_python(value)
    except ValidationError:
        return False
    return True


def taken(kind: str, value: object) -> Any:
    return TYPES[kind].validate_python(value)


def complaint(kind: str, value: object) -> str:
    with pytest.raises(ValidationError) as refused:
        TYPES[kind].validate_python(value)
    return refused.value.errors(include_url=False)[0]["msg"]


def admits(schema: dict[str, Any], value: object) -> bool:
    """The few words of JSON schema that these types use."""
    if "anyOf" in schema:
        return any(admits(part, value) for part in schema["anyOf"])
    if not isinstance(value, str):
        return schema["type"] in ("number", "integer")
    return (
        schema["type"] == "string"
        and len(value) <= schema.get("maxLength", len(value))
        and value in schema.get("enum", [value])
        and re.search(schema.get("pattern", ""), value) is not None
    )
