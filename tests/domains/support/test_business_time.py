"""Business time: borrowed cases, clocks that are changed, and a count of every half hour."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.errors import Invalid
from shared.domains.support.rules import business_time as rule
from shared.domains.support.rules.business_time import after, business_time, moment, openings
from shared.domains.support.rules.calendars import (
    ALWAYS,
    WEEKDAYS,
    Calendar,
    Holiday,
    HolidayText,
    Hours,
    Span,
    SpanText,
    read_calendar,
)
from shared.domains.support.rules.deadlines import LONGEST_TARGET
from tests.support import cases

DAY, HOUR, MINUTE, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = ("UTC", "Asia/Kolkata", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Gaza")


def spans(*texts: str) -> list[SpanText]:
    return [SpanText(opens=opens, closes=closes) for opens, closes in (text.split("-") for text in texts)]


def calendar(hours: Mapping[str, list[str]] | None, zone: str = "UTC") -> Calendar:
    """Of one span a day, as the cases write it; "mon-fri" comes first and single days replace it."""
    if hours is None:
        return ALWAYS
    days = dict.fromkeys(DAYS[:5], hours.get("mon-fri")) | {day: span for day, span in hours.items() if day in DAYS}
    return read_calendar(zone, {WEEKDAYS[DAYS.index(day)]: spans("-".join(span)) for day, span in days.items() if span})


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def is_open(calendar: Calendar, at: datetime) -> bool:
    return business_time(calendar, at, at + SECOND) > timedelta()


def test_every_borrowed_amount_of_time() -> None:
    """Amounts in seconds, minutes and hours; "before" is judged by the way back, as nothing here counts backwards.

    Not run: the five in days. Targets are minutes; nothing is promised in business days.
    """
    biz = cases.load("conformance/sla_business_time.json")["biz"]
    open_hours, ran = calendar(biz["hours_utc"]), 0
    for case in biz["duration"]:
        if case["unit"] == "days":
            continue
        amount = timedelta(**{case["unit"]: case["amount"]})
        starts, ends = sorted((at(case["time"]), at(case["expected"])))
        assert after(open_hours, starts, amount) == ends, case
        assert business_time(open_hours, starts, ends) == amount, case
        ran += 1
    for case in biz["within"]:
        assert business_time(open_hours, at(case["start"]), at(case["end"])) == case["seconds"] * SECOND, case
        ran += 1
    assert ran == len(biz["duration"]) - 5 + len(biz["within"])
    cases.ran("sla_business_time", ran)


def test_every_borrowed_opening() -> None:
    """A shift is a date with hours of its own, a break what is left of the day's hours, a holiday is above both."""
    biz = cases.load("conformance/sla_business_time.json")["biz"]
    usual, active = calendar(biz["hours_utc"]), biz["active"]

    def span(times: list[str]) -> Span:
        opens, closes = ((at(f"2006-01-01T{time}") - at("2006-01-01T00:00")) // MINUTE for time in times)
        return Span(opens, closes)

    dates: dict[str, Hours] = {day: (span(times),) for day, times in active["shifts"].items()}
    for day, times in active["breaks"].items():
        hours = dates.get(day) or usual.hours(date.fromisoformat(day))
        left = (each._replace(opens=max(each.opens, span(times).closes)) for each in hours)
        dates[day] = tuple(each for each in left if each.opens < each.closes)
    dates |= dict.fromkeys(active["holidays"], ())
    held = usual._replace(holidays={date.fromisoformat(day): Holiday("", hours) for day, hours in dates.items()})
    for case in active["cases"]:
        assert is_open(held, at(case["time"])) is case["open"], case
    cases.ran("sla_business_time", len(active["cases"]))


def test_every_borrowed_deadline() -> None:
    found = cases.load("conformance/sla_business_time.json")["chatwoot"]
    for case in found:
        due = after(calendar(case["hours"], case["tz"]), at(case["start"], case["tz"]), case["threshold_hours"] * HOUR)
        assert due == at(case["deadline"], case["tz"]), case["name"]
    cases.ran("sla_business_time", len(found))


NIGHT = {day: spans("00:30-02:30") for day in WEEKDAYS}
ROUND = {day: spans("00:00-24:00") for day in WEEKDAYS}


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", "2026-03-08", 23),
        ("America/New_York", "2026-11-01", 25),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),  # half an hour
        ("America/Sao_Paulo", "2018-11-04", 23),  # midnight itself is skipped
        ("America/Havana", "2026-11-01", 25),  # midnight is shown twice
        ("Pacific/Apia", "2011-12-30", 0),  # the whole day is skipped
        ("Asia/Kolkata", "2026-03-08", 24),
    ],
)
def test_a_day_lasts_as_long_as_it_does(zone: str, day: str, hours: float) -> None:
    every = list(openings(read_calendar(zone, ROUND), date.fromisoformat(day)))
    assert sum((closes - opens for opens, closes in every), timedelta()) == hours * HOUR


@pytest.mark.parametrize(
    ("zone", "day", "opens", "closes"),
    [
        ("America/New_York", "2026-03-08", "05:30", "07:00"),  # 02:00 to 03:00 is skipped: open until it would begin
        ("America/New_York", "2026-11-01", "04:30", "07:30"),  # 01:00 to 02:00 comes twice and counts twice
        ("America/New_York", "2026-11-02", "05:30", "07:30"),
        ("Europe/Rome", "2026-03-29", "23:30", "01:00"),
        ("Europe/London", "2026-03-29", "00:30", "01:30"),  # 01:00 to 02:00
    ],
)
def test_a_span_over_a_change_of_the_clocks(zone: str, day: str, opens: str, closes: str) -> None:
    [(first, last)] = openings(read_calendar(zone, NIGHT), date.fromisoformat(day))
    assert (f"{first:%H:%M}", f"{last:%H:%M}") == (opens, closes)


@pytest.mark.parametrize(
    ("zone", "day", "changed", "skipped"),
    [
        ("America/New_York", "2026-03-08", "2026-03-08T07:00", range(120, 181)),
        ("Australia/Lord_Howe", "2026-10-04", "2026-10-03T15:30", range(120, 151)),
        ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00", range(61)),
    ],
)
def test_a_time_that_is_skipped_is_when_the_clocks_are_changed(
    zone: str, day: str, changed: str, skipped: range
) -> None:
    for minutes in skipped:
        assert moment(ZoneInfo(zone), date.fromisoformat(day), minutes) == at(changed)


def test_a_span_within_an_hour_that_is_skipped_is_none() -> None:
    hours = {"sunday": spans("02:15-02:45"), "monday": spans("09:00-17:00")}
    assert not list(openings(read_calendar("America/New_York", hours), date(2026, 3, 8)))


def test_clocks_that_go_back_over_midnight_count_the_hour_once() -> None:
    """St John's, 2010: at 00:01 on Sunday it was 23:01 on Saturday again. Sunday had begun, and is open throughout."""
    sunday = read_calendar("America/St_Johns", {"sunday": ROUND["sunday"]})
    starts, ends = at("2010-11-06T00:00"), at("2010-11-09T00:00")
    assert business_time(sunday, starts, ends) == 25 * HOUR
    again = at("2010-11-07T02:45")  # 23:15 of Saturday for the second time
    assert business_time(sunday, starts, again) == 15 * MINUTE
    assert after(sunday, again, 45 * MINUTE) == again + 45 * MINUTE


@pytest.mark.parametrize(
    ("zone", "year"), [("Asia/Gaza", 2040), ("America/Noronha", 2000), ("Africa/Casablanca", 2026)]
)
def test_weeks_are_stepped_over_only_where_the_clocks_stay(zone: str, year: int) -> None:
    """Gaza's summer of 2040 lasts six days and 23 hours."""
    night = read_calendar(zone, NIGHT | {"saturday": ROUND["saturday"]})
    ends = datetime(year, 12, 20, tzinfo=UTC)
    for day in range(20):
        starts = datetime(year, 1, 1 + day, tzinfo=UTC)
        every = (opening for n in range(365) for opening in openings(night, date(year, 1, 1) + n * DAY))
        counted = (max(min(closes, ends) - max(opens, starts), timedelta()) for opens, closes in every)
        assert business_time(night, starts, ends) == sum(counted, timedelta())


class Looked(dict[date, Holiday]):
    """Holidays that count of how many days the hours were asked for."""

    days = 0

    def get(self, day: date, default: object = None) -> None:  # type: ignore[override]
        self.days += 1


def test_a_target_of_a_year_takes_a_step_a_week() -> None:
    """One hour a week, the least a calendar may have: 8,784 weeks, of which two a year are looked at by the day."""
    looked = Looked()
    seldom = read_calendar("America/New_York", {"monday": spans("09:00-10:00")})._replace(holidays=looked)
    starts = at("2026-01-01T00:00")
    due = after(seldom, starts, LONGEST_TARGET * MINUTE)
    assert due == at("2194-05-05T10:00", "America/New_York")
    assert looked.days < 168 * 2 * 7 + 14
    looked.days = 0
    assert business_time(seldom, starts, due) == LONGEST_TARGET * MINUTE
    assert looked.days < 168 * 2 * 7 + 14


def test_holidays_do_not_make_it_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One a week for eight years, in days of 24 spans: the wall is looked at where the clocks are changed alone."""
    looked: list[date] = []

    def look(zone: ZoneInfo, day: date, minutes: int) -> datetime:
        looked.append(day)
        return moment(zone, day, minutes)

    monkeypatch.setattr(rule, "moment", look)
    hours = {day: [span for hour in range(24) for span in spans(f"{hour:02}:00-{hour:02}:30")] for day in ROUND}
    holidays = [HolidayText(date=date(2026, 1, 7) + 7 * n * DAY, name="Closed") for n in range(400)]
    calendar = read_calendar("America/New_York", hours, holidays)
    starts, eight_years = at("2026-01-01T00:00"), 2800 * 12 * HOUR
    ends = after(calendar, starts, eight_years)
    assert business_time(calendar, starts, ends) == eight_years
    assert len(looked) < 3000, "of 270,000 openings and closings"


SPANS = st.lists(st.integers(0, 48), max_size=6, unique=True).map(
    lambda cuts: tuple(Span(30 * a, 30 * b) for a, b in zip(*[iter(sorted(cuts))] * 2, strict=False))
)
WEEKS = st.tuples(*[SPANS] * 7).filter(lambda week: sum(b - a for day in week for a, b in day) >= 60)
DATES = st.dates(date(2025, 12, 1), date(2027, 2, 1))
CALENDARS = st.builds(
    lambda zone, week, days: Calendar(ZoneInfo(zone), week, {day: Holiday("x", hours) for day, hours in days.items()}),
    st.sampled_from(ZONES),
    WEEKS,
    st.dictionaries(DATES, st.just(()) | SPANS, max_size=20),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
AMOUNTS = st.timedeltas(MINUTE, 60 * DAY)


@given(CALENDARS, MOMENTS, AMOUNTS)
def test_what_is_added_is_measured_back(calendar: Calendar, starts: datetime, amount: timedelta) -> None:
    ends = after(calendar, starts, amount)
    assert business_time(calendar, starts, ends) == amount
    assert business_time(calendar, starts, ends - SECOND) < amount  # it is the first such moment


@given(CALENDARS, MOMENTS, AMOUNTS, AMOUNTS)
def test_to_add_twice_is_to_add_the_sum(calendar: Calendar, starts: datetime, one: timedelta, two: timedelta) -> None:
    assert after(calendar, after(calendar, starts, one), two) == after(calendar, starts, one + two)


@given(CALENDARS, st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_parts_add_up_to_the_whole(calendar: Calendar, moments: list[datetime]) -> None:
    first, middle, last = moments
    whole = business_time(calendar, first, last)
    assert business_time(calendar, first, middle) + business_time(calendar, middle, last) == whole
    assert timedelta() <= whole <= last - first
    assert business_time(calendar, last, first) == timedelta()


@given(CALENDARS, st.lists(MOMENTS, min_size=2, max_size=2).map(sorted), AMOUNTS)
def test_who_starts_later_is_not_due_earlier(calendar: Calendar, moments: list[datetime], amount: timedelta) -> None:
    early, late = (after(calendar, starts, amount) for starts in moments)
    assert early <= late


@given(CALENDARS, DATES)
def test_openings_are_apart_and_of_their_day(calendar: Calendar, day: date) -> None:
    times = [time for opening in openings(calendar, day) for time in opening]
    begins, ends = moment(calendar.zone, day, 0), moment(calendar.zone, day + DAY, 0)
    assert times == sorted(times)
    assert all(begins <= time <= ends for time in times)


@given(CALENDARS, MOMENTS)
def test_it_is_open_when_a_clock_on_the_wall_says_so(calendar: Calendar, starts: datetime) -> None:
    """Every quarter of an hour of ten days, judged by the wall alone; but for a time that is shown twice."""
    for step in range(4 * 24 * 10):
        at = starts.replace(minute=0, second=0, microsecond=0) + step * 15 * MINUTE
        wall = at.astimezone(calendar.zone)
        if wall.utcoffset() != wall.replace(fold=1 - wall.fold).utcoffset():
            continue
        shown = 60 * wall.hour + wall.minute
        assert is_open(calendar, at) is any(a <= shown < b for a, b in calendar.hours(wall.date()))


@given(MOMENTS, AMOUNTS)
def test_always_is_always(starts: datetime, amount: timedelta) -> None:
    assert after(ALWAYS, starts, amount) == starts + amount


def test_no_time_has_passed_at_once_though_it_is_closed() -> None:
    sunday = read_calendar("UTC", {"sunday": ROUND["sunday"]})
    assert after(sunday, at("2026-03-06T12:34"), timedelta()) == at("2026-03-06T12:34")


@pytest.mark.parametrize(
    ("hours", "pointer"),
    [
        ({"monday": spans("09:00-13:00", "12:59-18:00")}, "#/hours/monday/1"),
        ({"friday": spans("12:59-18:00", "09:00-13:00")}, "#/hours/friday/0"),
        ({"monday": spans("22:00-06:00")}, "#/hours/monday/0"),
        ({"monday": spans("09:00-09:00")}, "#/hours/monday/0"),
        ({"monday": spans("9:00-10:00")}, "#/hours/monday/0/opens"),
        ({"monday": spans("09:00-24:01")}, "#/hours/monday/0/closes"),
        ({"monday": spans("09:00-09:60")}, "#/hours/monday/0/closes"),
        ({}, "#/hours"),
        ({"monday": spans("09:00-09:30"), "tuesday": spans("09:00-09:29")}, "#/hours"),
    ],
)
def test_hours_that_make_no_sense_are_refused(hours: dict[str, list[SpanText]], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_calendar("UTC", hours)
    assert refused.value.facts["errors"][0]["pointer"] == pointer  # type: ignore[index]


def test_a_day_has_one_holiday() -> None:
    twice = [HolidayText(date=day, name="Republic Day") for day in ("2026-01-26", date(2026, 1, 26))]
    with pytest.raises(Invalid, match="twice"):
        read_calendar("UTC", ROUND, twice)


def test_a_calendar_is_read_as_it_is_written() -> None:
    hours = {"monday": spans("14:00-24:00", "00:00-14:00")}
    half = HolidayText(date="2026-11-09", name="Diwali", hours=spans("18:15-19:15"))
    read = read_calendar("Asia/Kolkata", hours, [half])
    assert read.hours(date(2026, 11, 2)) == (Span(0, 840), Span(840, 1440))
    assert read.hours(date(2026, 11, 9)) == (Span(1095, 1155),)
    assert read.hours(date(2026, 11, 10)) == ()
