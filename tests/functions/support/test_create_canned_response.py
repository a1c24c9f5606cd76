"""POST /api/support/canned-responses."""

import uuid

import pytest

from tests.functions.support.responses import RESPONSES, create, created
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    return Request("POST", RESPONSES, {"title": f"Looked into {uuid.uuid4()}", "body": "We answer within the day."})


def test_it_is_there_for_everybody_then(admin: Client) -> None:
    response = created(admin, body="Thank you.\nWe look into it.", category="billing")
    assert (response["body"], response["category"]) == ("Thank you.\nWe look into it.", "billing")
    assert response["created_by"] == admin.account["admin"]["id"]
    assert response in admin.get(RESPONSES, limit=100).json["items"]
    assert created(admin)["category"] is None


def test_a_title_belongs_to_one(admin: Client) -> None:
    refused = create(admin, title=created(admin)["title"])
    assert (refused.status, refused.json["type"]) == (409, "/problems/canned-response-exists")


@pytest.mark.parametrize(
    ("field", "value"), [("title", " "), ("title", "a\nb"), ("body", " \n"), ("body", "a" * 10_001), ("category", "x")]
)
def test_bad_input_is_pointed_at(admin: Client, field: str, value: str) -> None:
    refused = create(admin, **{field: value})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, f"#/{field}")
