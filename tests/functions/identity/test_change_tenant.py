"""PATCH /api/tenant."""

import pytest

from tests.support.client import Client, Request

ADDRESS = {"address": "12 Industrial Estate\nPune 411001", "phone": "+91 20 1234 5678", "email": "Sales@Example.com"}


def example(owner: Client) -> Request:
    return Request("PATCH", "/api/tenant", {"name": "शर्मा पैकेजिंग", "gst_no": "27AAPFU0939F1ZV", **ADDRESS})


def test_only_what_is_given_changes(owner: Client) -> None:
    before = owner.get("/api/tenant").json
    changed = owner.send(example(owner)).json
    given = {"name": "शर्मा पैकेजिंग", "gst_no": "27AAPFU0939F1ZV", **ADDRESS, "email": "sales@example.com"}
    assert changed == before | given | {"state_code": "27"}
    assert owner.get("/api/tenant").json == changed
    assert owner.patch("/api/tenant", {"phone": None}).json == changed | {"phone": None}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("gst_no", "27AABCU9603R1ZM"), ("state_code", "25"), ("time_zone", "Asia/Poona"), ("currency", "RUPEE"),
        ("website", "javascript:alert(1)"), ("email", "nobody"), ("name", None), ("name", "  "),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(owner: Client, field: str, value: str | None) -> None:
    answer = owner.patch("/api/tenant", {field: value})
    assert answer.status == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [f"#/{field}"]


def test_a_state_must_be_that_of_the_gst_number(owner: Client) -> None:
    def refused(changes: dict[str, object]) -> None:
        answer = owner.patch("/api/tenant", changes)
        assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (422, ["#/state_code"])
        assert "is of state 27" in answer.json["errors"][0]["detail"]

    refused({"gst_no": "27AAPFU0939F1ZV", "state_code": "29"})
    assert owner.patch("/api/tenant", {"state_code": "29"}).json["state_code"] == "29"
    assert owner.patch("/api/tenant", {"gst_no": "27AAPFU0939F1ZV"}).json["state_code"] == "27"
    refused({"state_code": "29"})
    refused({"state_code": None})
    assert owner.patch("/api/tenant", {"gst_no": None, "state_code": "29"}).json["state_code"] == "29"
