"""When a support desk is open: hours by weekday, a time zone, holidays."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple, NotRequired, TypedDict
from zoneinfo import ZoneInfo

from shared.core.errors import Invalid

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIME = re.compile(r"(?:([01][0-9]|2[0-3]):([0-5][0-9])|(24):(00))")
LEAST_OPEN = timedelta(hours=1)  # a week: a calendar with less is a slip, and would put deadlines decades away


class Span(NamedTuple):
    """Open from `opens` until before `closes`: minutes after midnight on the clock on the wall, 1440 is 24:00."""

    opens: int
    closes: int


Hours = tuple[Span, ...]  # of a day: in order, apart


class Holiday(NamedTuple):
    """A date that has its own hours in place of its weekday's: none, unless it is half a holiday."""

    name: str
    hours: Hours = ()


class SpanText(TypedDict):
    """A span as the API and the database write it: {"opens": "09:00", "closes": "24:00"}."""

    opens: str
    closes: str


class HolidayText(TypedDict):
    """A holiday as the API and the database write it: {"date": "2026-11-08", "name": "Diwali", "hours": []}."""

    date: str | date
    name: str
    hours: NotRequired[Sequence[SpanText]]


class Calendar(NamedTuple):
    """`week` has the hours of seven days, Monday's first."""

    zone: ZoneInfo
    week: tuple[Hours, ...]
    holidays: Mapping[date, Holiday] = MappingProxyType({})

    @property
    def open_a_week(self) -> timedelta:
        """Where there is no holiday, and the clocks are not changed."""
        return timedelta(minutes=sum(span.closes - span.opens for hours in self.week for span in hours))

    def open_on(self, day: date) -> timedelta:
        """Where the clocks are not changed."""
        return timedelta(minutes=sum(span.closes - span.opens for span in self.hours(day)))

    def hours(self, day: date) -> Hours:
        holiday = self.holidays.get(day)
        return self.week[day.weekday()] if holiday is None else holiday.hours


ALWAYS = Calendar(ZoneInfo("UTC"), ((Span(0, 1440),),) * 7)  # 24×7, where nobody has set a calendar


def read_calendar(
    time_zone: str, hours: Mapping[str, Sequence[SpanText]], holidays: Sequence[HolidayText] = ()
) -> Calendar:
    """The calendar of `{"time_zone", "hours": {"monday": [span, …]}, "holidays": [holiday, …]}`; 422 with a pointer.

    A day may have several spans, in any order; a day that is left out is closed. Several holidays on one date are
    refused, and so is a week that is open for less than an hour.
    """
    week = tuple(_read_hours(f"#/hours/{day}", hours.get(day, ())) for day in WEEKDAYS)
    found: dict[date, Holiday] = {}
    for position, holiday in enumerate(holidays):
        day, pointer = holiday["date"], f"#/holidays/{position}"
        day = date.fromisoformat(day) if isinstance(day, str) else day
        if day in found:
            raise Invalid.at(f"{pointer}/date", f"{day} is given twice: keep one of them.")
        found[day] = Holiday(holiday["name"], _read_hours(f"{pointer}/hours", holiday.get("hours", ())))
    calendar = Calendar(ZoneInfo(time_zone), week, found)
    if calendar.open_a_week < LEAST_OPEN:
        raise Invalid.at("#/hours", "Nobody would ever answer: open for at least one hour a week.")
    return calendar


def _read_hours(pointer: str, spans: Sequence[SpanText]) -> Hours:
    read = sorted((_read_span(f"{pointer}/{n}", span), n) for n, span in enumerate(spans))
    for (before, _), (span, position) in pairwise(read):
        if span.opens < before.closes:
            raise Invalid.at(f"{pointer}/{position}", "Two spans of a day overlap: join them, or move one.")
    return tuple(span for span, _ in read)


def _read_span(pointer: str, span: SpanText) -> Span:
    read = Span(_minutes(f"{pointer}/opens", span["opens"]), _minutes(f"{pointer}/closes", span["closes"]))
    if read.opens >= read.closes:
        raise Invalid.at(pointer, "A span closes after it opens: split one over midnight, at 24:00 and 00:00.")
    return read


def _minutes(pointer: str, text: str) -> int:
    found = TIME.fullmatch(text)
    if found is None:
        raise Invalid.at(pointer, "Give a time from 00:00 to 24:00, like 09:30.")
    hour, minute = (int(part) for part in found.groups() if part is not None)
    return 60 * hour + minute
