"""POST /api/support/calendars."""

from typing import Any

import pytest

from tests.functions.support.promises import CALENDARS, OFFICE, add_calendar, calendar
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    return Request("POST", CALENDARS, calendar())


def test_it_has_several_spans_a_day_and_holidays(admin: Client) -> None:
    spans = [{"opens": "09:00", "closes": "13:00"}, {"opens": "14:00", "closes": "24:00"}]
    half = {"date": "2026-12-24", "name": "Christmas Eve", "hours": [{"opens": "09:00", "closes": "12:00"}]}
    given = calendar(
        time_zone="Asia/Kolkata", hours={"monday": spans}, holidays=[{"date": "2026-11-08", "name": "Diwali"}, half]
    )
    made = add_calendar(admin, **given)
    assert made["name"] == given["name"]
    assert made["hours"]["monday"] == spans
    assert made["hours"]["sunday"] == []
    assert made["holidays"] == [{"date": "2026-11-08", "name": "Diwali", "hours": []}, half]
    assert made in admin.get(CALENDARS).json["items"]


def span(opens: str, closes: str) -> dict[str, str]:
    return {"opens": opens, "closes": closes}


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"hours": {}}, "#/hours"),
        ({"hours": {"monday": [span("09:00", "09:59")]}}, "#/hours"),
        ({"hours": {"monday": [span("09:00", "12:00"), span("11:59", "13:00")]}}, "#/hours/monday/1"),
        ({"hours": {"monday": [span("22:00", "06:00")]}}, "#/hours/monday/0"),
        ({"hours": {"monday": [span("9:00", "12:00")]}}, "#/hours/monday/0/opens"),
        ({"hours": {"monday": [span("09:00", "24:01")]}}, "#/hours/monday/0/closes"),
        ({"hours": {"montag": []}}, "#/hours/montag"),
        ({"time_zone": "India"}, "#/time_zone"),
        ({"holidays": [{"date": "2026-11-08", "name": "Diwali"}] * 2}, "#/holidays/1/date"),
        ({"holidays": [{"date": "2026-02-30", "name": "No day"}]}, "#/holidays/0/date"),
        ({"name": " "}, "#/name"),
    ],
)
def test_what_contradicts_itself_is_refused(admin: Client, fields: dict[str, Any], pointer: str) -> None:
    refused = admin.post(CALENDARS, calendar(**{"hours": OFFICE} | fields))
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, pointer), refused.body


def test_two_have_no_name_in_common(admin: Client) -> None:
    refused = admin.post(CALENDARS, calendar(name=add_calendar(admin)["name"]))
    assert (refused.status, refused.json["type"]) == (409, "/problems/calendar-name-taken")
