"""What a ticket is promised: kept with it, so that its deadlines and their explanation are of one piece."""

from datetime import datetime, timedelta
from typing import TypedDict

from shared.domains.support.rules.business_time import after
from shared.domains.support.rules.calendars import ALWAYS, Calendar, HolidayText, SpanText, read_calendar
from shared.domains.support.rules.escalation import TARGETS
from shared.domains.support.rules.tickets import Priority

CLOSE_AFTER = 7  # days without an answer, of what is resolved


class CalendarText(TypedDict):
    """A calendar as the database keeps it."""

    time_zone: str
    hours: dict[str, list[SpanText]]
    holidays: list[HolidayText]


class Terms(TypedDict):
    """Targets in minutes of business time. `calendar` None: always open; `return_after` None: it stays with whom it is
    assigned to."""

    first_response: int
    resolution: int
    escalate_after: int
    pauses_on_waiting_user: bool
    return_after: int | None
    close_after_days: int
    calendar: CalendarText | None


def default_terms(priority: Priority) -> Terms:
    """Where no rule is set: around the clock, standing still while the requester is waited for."""
    targets = TARGETS[priority]
    return {
        "first_response": targets.first_response,
        "resolution": targets.resolution,
        "escalate_after": targets.escalate_after,
        "pauses_on_waiting_user": True,
        "return_after": None,
        "close_after_days": CLOSE_AFTER,
        "calendar": None,
    }


def calendar_of(terms: Terms) -> Calendar:
    calendar = terms["calendar"]
    return ALWAYS if calendar is None else read_calendar(**calendar)


def returns_at(terms: Terms, since: datetime | None) -> datetime | None:
    """When an assignee whose turn it has been since then loses the ticket; None: never."""
    minutes = terms["return_after"]
    return after(calendar_of(terms), since, timedelta(minutes=minutes)) if since and minutes else None
