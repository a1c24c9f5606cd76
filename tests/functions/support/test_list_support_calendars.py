"""GET /api/support/calendars."""

from tests.functions.support.promises import CALENDARS, add_calendar
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    add_calendar(admin)
    return Request("GET", CALENDARS)


def test_newest_first_page_by_page(admin: Client) -> None:
    made = [add_calendar(admin) for _ in range(3)]
    first = admin.get(CALENDARS, limit=2).json
    second = admin.get(CALENDARS, limit=2, cursor=first["next_cursor"]).json
    assert [*first["items"], *second["items"]][:3] == made[::-1]
