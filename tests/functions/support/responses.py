"""Canned responses for the tests of this domain."""

import uuid
from typing import Any

from tests.support.client import Answer, Client

RESPONSES = "/api/support/canned-responses"


def create(admin: Client, **fields: object) -> Answer:
    given = {"title": f"Prices are looked into {uuid.uuid4()}", "body": "Thank you.\nWe look into it."}
    return admin.post(RESPONSES, given | fields)


def created(admin: Client, **fields: object) -> dict[str, Any]:
    answer = create(admin, **fields)
    assert answer.status == 201, answer.body
    return dict(answer.json)
