"""PATCH /api/support/canned-responses/{id}."""

import uuid

import pytest

from tests.functions.support.responses import RESPONSES, created
from tests.support.client import Answer, Client, Request


def example(admin: Client) -> Request:
    return Request("PATCH", f"{RESPONSES}/{created(admin)['id']}", {"category": "billing"})


def change(admin: Client, response: dict[str, object], **fields: object) -> Answer:
    return admin.patch(f"{RESPONSES}/{response['id']}", fields)


def test_only_what_is_given_is_changed(admin: Client) -> None:
    before = created(admin, category="billing")
    for fields in ({"title": str(uuid.uuid4())}, {"body": "Wait."}, {"category": None}, {"category": "security"}, {}):
        answer = change(admin, before, **fields)
        assert answer.status == 200, answer.body
        before |= fields | {"updated_at": answer.json["updated_at"]}
        assert answer.json == before


@pytest.mark.parametrize("field", ["title", "body"])
def test_nothing_is_cleared_but_the_category(admin: Client, field: str) -> None:
    refused = change(admin, created(admin), **{field: None})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, f"#/{field}")


def test_a_title_belongs_to_one(admin: Client) -> None:
    refused = change(admin, created(admin), title=created(admin)["title"])
    assert (refused.status, refused.json["type"]) == (409, "/problems/canned-response-exists")


def test_what_is_not_there_is_not_found(admin: Client) -> None:
    refused = change(admin, {"id": uuid.uuid4()}, body="Wait.")
    assert (refused.status, refused.json["type"]) == (404, "/problems/canned-response-not-found")
