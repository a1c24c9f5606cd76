"""Time that counts: how much of it lies between two moments, and when an amount of it has passed.

A moment is in UTC. Clocks on the wall are changed: a span opens at the first moment at which they show its time or a
later one, and closes likewise. So a span loses an hour that is skipped and counts twice one that is repeated, and spans
that touch never overlap. Days without a change of the clocks are stepped over whole, and so are weeks where there is no
holiday either, so that a target of a year costs about as many steps as it has weeks.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.domains.support.rules.calendars import Calendar

DAY, WEEK, NOTHING = timedelta(days=1), timedelta(days=7), timedelta()
MIDNIGHT = datetime.min.time()


def business_time(calendar: Calendar, starts: datetime, ends: datetime) -> timedelta:
    """How long it is open from `starts` to `ends`; nothing where they are the wrong way round."""
    passed, in_a_week = NOTHING, calendar.open_a_week
    day = first = local_day(calendar, starts)
    last = local_day(calendar, ends)
    while day <= last + DAY:  # where clocks go back over midnight, the next day has begun before
        step, whole = _stretch(calendar, day, in_a_week)
        if whole is not None and day > first and day + step <= last:
            passed += whole
            day += step
            continue
        for opens, closes in openings(calendar, day):
            passed += max(min(closes, ends) - max(opens, starts), NOTHING)
        day += DAY
    return passed


def after(calendar: Calendar, starts: datetime, amount: timedelta) -> datetime:
    """The first moment at which so much business time has passed since `starts`."""
    if amount <= NOTHING:
        return starts
    in_a_week = calendar.open_a_week
    day = first = local_day(calendar, starts)
    while True:
        step, whole = _stretch(calendar, day, in_a_week)
        if whole is not None and day > first and amount > whole:
            amount -= whole
            day += step
            continue
        for opens, closes in openings(calendar, day):
            opens = max(opens, starts)
            if closes - opens >= amount:
                return opens + amount
            amount -= max(closes - opens, NOTHING)
        day += DAY


def openings(calendar: Calendar, day: date) -> Iterator[tuple[datetime, datetime]]:
    """When it opens and closes on a local date; in order, none empty."""
    for span in calendar.hours(day):
        opens, closes = (moment(calendar.zone, day, minutes) for minutes in span)
        if opens < closes:
            yield opens, closes


def local_day(calendar: Calendar, at: datetime) -> date:
    return at.astimezone(calendar.zone).date()


def moment(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    """The first moment at which clocks show so many minutes after the midnight that begins the day, or a later time."""
    wall = datetime.combine(day, MIDNIGHT) + timedelta(minutes=minutes)
    early, late = _offset(zone, wall), _offset(zone, wall.replace(fold=1))
    found = (wall - early).replace(tzinfo=UTC)
    if early >= late:  # shown once, or twice: then this is the first
        return found
    shown, skipped = found, (wall - late).replace(tzinfo=UTC)  # never shown: the clocks go forward in between
    while shown - skipped > timedelta(seconds=1):
        middle = skipped + timedelta(seconds=(shown - skipped) // timedelta(seconds=2))
        if middle.astimezone(zone).replace(tzinfo=None) >= wall:
            shown = middle
        else:
            skipped = middle
    return shown


def _stretch(calendar: Calendar, day: date, in_a_week: timedelta) -> tuple[timedelta, timedelta | None]:
    """How many days from this one can be taken as a whole, and how long it is open in them; None: the clocks are
    changed on this one, so each opening has to be looked at.

    Three looks at a week are needed: clocks of Gaza are to be changed in 2040 for six days and 23 hours.
    """
    if not any(day + n * DAY in calendar.holidays for n in range(7)) and _clocks_stay(calendar, day, 3, 7):
        return WEEK, in_a_week
    return DAY, calendar.open_on(day) if _clocks_stay(calendar, day, 1) else None


def _clocks_stay(calendar: Calendar, day: date, *later: int) -> bool:
    midnight = datetime.combine(day, MIDNIGHT)
    return len({_offset(calendar.zone, midnight + n * DAY) for n in (0, *later)}) == 1


def _offset(zone: ZoneInfo, wall: datetime) -> timedelta:
    return zone.utcoffset(wall) or NOTHING
