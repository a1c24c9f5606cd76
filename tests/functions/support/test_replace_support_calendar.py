"""PUT /api/support/calendars/{id}."""

import uuid

from shared.domains.support.rules.calendars import WEEKDAYS
from tests.functions.support.desk import open_ticket, seen
from tests.functions.support.promises import (
    ALONE,
    CALENDARS,
    add_calendar,
    add_rule,
    calendar,
    follow,
    replace_calendar,
)
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("PUT", f"{CALENDARS}/{add_calendar(admin)['id']}", calendar())


def test_it_is_another_then_and_keeps_its_name(admin: Client) -> None:
    made = add_calendar(admin, holidays=[{"date": "2026-11-08", "name": "Diwali"}])
    answer = replace_calendar(admin, made["id"], name=made["name"], time_zone="Asia/Kolkata")
    assert answer.status == 200, answer.body
    assert (answer.json["time_zone"], answer.json["holidays"]) == ("Asia/Kolkata", [])
    assert (answer.json["id"], answer.json["created_at"]) == (made["id"], made["created_at"])
    assert answer.json in admin.get(CALENDARS).json["items"]


def test_deadlines_of_open_tickets_follow(owner: Client, admin: Client, database: Database) -> None:
    week = {day: [{"opens": "00:00", "closes": "24:00"}] for day in WEEKDAYS}
    made = add_calendar(admin, hours=week)
    add_rule(admin, calendar_id=made["id"])
    ticket = open_ticket(owner, **ALONE)
    hours = {day: [{"opens": "00:00", "closes": "00:30"}, {"opens": "12:00", "closes": "12:30"}] for day in WEEKDAYS}
    assert replace_calendar(admin, made["id"], name=made["name"], hours=hours).status == 200
    assert seen(owner, ticket)["resolution_due"] == ticket["resolution_due"]
    follow(database)
    assert seen(owner, ticket)["resolution_due"] > ticket["resolution_due"], "ten hours are ten days now"


def test_what_is_not_there_or_taken(admin: Client) -> None:
    one, other = add_calendar(admin), add_calendar(admin)
    assert replace_calendar(admin, str(uuid.uuid4())).json["type"] == "/problems/calendar-not-found"
    refused = replace_calendar(admin, one["id"], name=other["name"])
    assert (refused.status, refused.json["type"]) == (409, "/problems/calendar-name-taken")
    assert replace_calendar(admin, one["id"], hours={}).status == 422
    assert one in admin.get(CALENDARS).json["items"], "nothing has changed"
