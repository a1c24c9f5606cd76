"""PATCH /api/support/sla-rules/{id}."""

import uuid

import pytest

from tests.functions.support.desk import open_ticket, path, say, seen
from tests.functions.support.promises import ALONE, RULES, add_calendar, add_rule, follow
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    rule = add_rule(admin)
    return Request("PATCH", f"{RULES}/{rule['id']}", {"calendar_id": add_calendar(admin)["id"], "return_after": 90})


def test_what_is_left_out_stays(admin: Client) -> None:
    calendar_id = add_calendar(admin)["id"]
    rule = add_rule(admin, calendar_id=calendar_id, return_after=30)
    where = f"{RULES}/{rule['id']}"
    changed = admin.patch(where, {"resolution": 900, "pauses_on_waiting_user": False}).json
    assert changed == rule | {
        "resolution": 900, "pauses_on_waiting_user": False, "updated_at": changed["updated_at"]
    }  # fmt: skip
    assert changed["updated_at"] > rule["updated_at"]
    cleared = admin.patch(where, {"calendar_id": None, "return_after": None, "resolution": None}).json
    assert (cleared["calendar_id"], cleared["return_after"], cleared["resolution"]) == (None, None, 900)
    assert cleared in admin.get(RULES).json["items"]


def test_open_tickets_follow_and_given_answers_stay(owner: Client, admin: Client, database: Database) -> None:
    rule = add_rule(admin)
    answered, waiting = open_ticket(owner, **ALONE), open_ticket(owner, **ALONE)
    say(admin, answered)
    assert admin.patch(f"{RULES}/{rule['id']}", {"first_response": 30, "resolution": 300}).status == 200
    follow(database)
    assert seen(owner, answered)["first_response_due"] == answered["first_response_due"]
    assert seen(owner, waiting)["first_response_due"] < waiting["first_response_due"]
    explained = [owner.get(path(ticket, "/sla")).json for ticket in (answered, waiting)]
    assert [found["first_response"]["target_minutes"] for found in explained] == [60, 30]
    assert [found["resolution"]["target_minutes"] for found in explained] == [300, 300]
    assert explained[0]["first_response"]["due"] == answered["first_response_due"]


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"first_response": 601}, 422, "#/first_response"),
        ({"resolution": 59}, 422, "#/resolution"),
        ({"resolution": 59, "first_response": 60}, 422, "#/first_response"),
        ({"priority": "high"}, 422, "#/priority"),
        ({"calendar_id": str(uuid.uuid4())}, 404, "#/calendar_id"),
    ],
)
def test_what_cannot_be_promised(admin: Client, changes: dict[str, object], status: int, pointer: str) -> None:
    rule = add_rule(admin)
    refused = admin.patch(f"{RULES}/{rule['id']}", changes)
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (status, pointer), refused.body
    assert admin.get(RULES).json["items"] == [rule]


def test_there_is_no_such_rule(admin: Client) -> None:
    assert admin.patch(f"{RULES}/{uuid.uuid4()}", {"resolution": 9}).json["type"] == "/problems/sla-rule-not-found"
