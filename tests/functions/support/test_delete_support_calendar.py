"""DELETE /api/support/calendars/{id}."""

import uuid

from tests.functions.support.promises import CALENDARS, RULES, add_calendar, add_rule
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    return Request("DELETE", f"{CALENDARS}/{add_calendar(admin)['id']}")


def test_only_what_no_rule_has_is_deleted(admin: Client) -> None:
    made = add_calendar(admin)
    rule = add_rule(admin, calendar_id=made["id"])
    path = f"{CALENDARS}/{made['id']}"
    refused = admin.delete(path)
    assert (refused.status, refused.json["type"]) == (409, "/problems/calendar-in-use")
    assert admin.delete(f"{RULES}/{rule['id']}").status == 204
    assert admin.delete(path).status == 204
    assert made not in admin.get(CALENDARS).json["items"]
    assert admin.delete(path).status == 404


def test_there_is_no_such_calendar(admin: Client) -> None:
    assert admin.delete(f"{CALENDARS}/{uuid.uuid4()}").json["type"] == "/problems/calendar-not-found"
