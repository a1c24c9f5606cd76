"""POST /api/support/sla-rules."""

import uuid
from datetime import datetime, timedelta

import pytest

from tests.functions.support.desk import change, open_ticket, say, seen
from tests.functions.support.promises import ALONE, HOUR, RULES, add_calendar, add_rule, follow, make_room
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    make_room(admin)
    return Request("POST", RULES, ALONE | HOUR | {"calendar_id": add_calendar(admin)["id"]})


def minutes(ticket: dict[str, str], due: str) -> float:
    started = datetime.fromisoformat(ticket["created_at"])
    return (datetime.fromisoformat(ticket[due]) - started) / timedelta(minutes=1)


def test_new_tickets_are_promised_it(owner: Client, admin: Client) -> None:
    made = add_rule(admin)
    assert made["close_after_days"] == 7
    assert made["pauses_on_waiting_user"] is True
    assert made["calendar_id"] is made["return_after"] is None
    ticket = open_ticket(owner, **ALONE)
    assert [minutes(ticket, due) for due in ("first_response_due", "resolution_due")] == [60, 600]
    other = open_ticket(owner, priority="low", category="onboarding")
    assert minutes(other, "resolution_due") == 2880, "of another category"


@pytest.mark.parametrize("minutes", ["60", True, 60.5, 0])
def test_minutes_are_whole(admin: Client, minutes: object) -> None:
    make_room(admin)
    refused = admin.post(RULES, ALONE | HOUR | {"first_response": minutes})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "#/first_response")


def test_that_of_the_category_comes_before_that_of_all(owner: Client, admin: Client, database: Database) -> None:
    add_rule(admin)
    every = admin.post(RULES, HOUR | {"priority": "low", "resolution": 300})
    assert (every.status, every.json["category"]) == (201, None)
    assert minutes(open_ticket(owner, **ALONE), "resolution_due") == 600
    other = open_ticket(owner, priority="low", category="onboarding")
    assert minutes(other, "resolution_due") == 300
    assert change(admin, other, **ALONE).status == 200
    assert minutes(seen(owner, other), "resolution_due") == 600
    make_room(admin)


def test_open_tickets_follow(owner: Client, admin: Client, database: Database) -> None:
    make_room(admin)
    ticket = open_ticket(owner, **ALONE)
    add_rule(admin)
    follow(database)
    assert minutes(seen(owner, ticket), "resolution_due") == 600


@pytest.mark.parametrize("pauses", [True, False])
def test_whether_it_pauses_while_the_user_is_waited_for(owner: Client, admin: Client, pauses: bool) -> None:
    add_rule(admin, pauses_on_waiting_user=pauses)
    ticket = open_ticket(owner, **ALONE)
    say(admin, ticket)
    found = seen(owner, ticket)
    assert found["status"] == "waiting_user"
    assert (found["resolution_due"] is None, found["sla"]["state"]) == (pauses, "paused" if pauses else "ok")


def test_one_for_each_priority_and_category(admin: Client) -> None:
    add_rule(admin)
    refused = admin.post(RULES, ALONE | HOUR)
    assert (refused.status, refused.json["type"]) == (409, "/problems/sla-rule-taken")


def test_its_calendar_is_there(admin: Client) -> None:
    make_room(admin)
    refused = admin.post(RULES, ALONE | HOUR | {"calendar_id": str(uuid.uuid4())})
    assert (refused.status, refused.json["type"]) == (404, "/problems/calendar-not-found")
    assert refused.json["errors"][0]["pointer"] == "#/calendar_id"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"first_response": 601}, "#/first_response"),
        ({"escalate_after": 601}, "#/escalate_after"),
        ({"first_response": 0}, "#/first_response"),
        ({"resolution": 527_041}, "#/resolution"),
        ({"return_after": 0}, "#/return_after"),
        ({"close_after_days": 0}, "#/close_after_days"),
        ({"category": "weather"}, "#/category"),
    ],
)
def test_targets_that_cannot_be(admin: Client, fields: dict[str, object], pointer: str) -> None:
    refused = admin.post(RULES, ALONE | HOUR | fields)
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, pointer)
