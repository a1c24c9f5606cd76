"""The deadline, explained: a clock of a ticket, what it counted, and what it skipped for which reason.

A clock starts when somebody begins to wait, runs while the calendar is open and no pause stands, and ends with what was
waited for. It is due at the first moment at which it has counted its target. There are three of them:

- first response: from the ticket's creation to the first public answer of support;
- next response, with the same target: from the oldest message of the requester that is not answered, to its answer;
- resolution: from creation to resolved; the time from resolved to re-opened is a pause.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Literal, NamedTuple

from shared.domains.support.rules.business_time import DAY, NOTHING, after, business_time, local_day, moment, openings
from shared.domains.support.rules.calendars import Calendar

WARNING, CRITICAL = 4, 10  # a quarter and a tenth of the target is left
LONGEST_TARGET = 366 * 24 * 60  # minutes
MOST_INTERVALS = 500  # of an explanation; what is longer ends with a sum

State = Literal["ok", "warning", "critical", "breached", "paused", "met"]
Reason = Literal["counted", "outside_hours", "holiday", "paused", "summed"]


class Pause(NamedTuple):
    """The clock stands still; `ends` is None while it does."""

    starts: datetime
    ends: datetime | None
    cause: str = "waiting_user"


class Interval(NamedTuple):
    """`note` is the name of the holiday or the cause of the pause. `summed` is what did not fit into the list."""

    starts: datetime
    ends: datetime
    reason: Reason
    note: str
    counted: timedelta


class Deadline(NamedTuple):
    """When a clock warns, warns again and is due. None: not before the pause that stands ends."""

    warning_at: datetime | None
    critical_at: datetime | None
    due: datetime | None


class Clock(NamedTuple):
    """A clock as it is now. `remaining` falls below nothing; `intervals` have no gaps between them."""

    target: timedelta
    deadline: Deadline
    state: State
    elapsed: timedelta
    remaining: timedelta
    intervals: list[Interval]


def deadline(calendar: Calendar, starts: datetime, target: int, pauses: Sequence[Pause] = ()) -> Deadline:
    """Of a target in minutes (1 to LONGEST_TARGET): what is to be stored, to find what is due and to tell states."""
    whole = timedelta(minutes=target)
    return Deadline(
        *(_due(calendar, starts, whole - left, pauses) for left in (whole / WARNING, whole / CRITICAL, NOTHING))
    )


def state(deadline: Deadline, now: datetime, *, ended_at: datetime | None = None, paused: bool = False) -> State:
    """Of a clock. One that ended or was paused too late stays breached, and the moment when it is due is too late."""
    warning_at, critical_at, due = deadline
    if due is not None and (ended_at or now) >= due:
        return "breached"
    if ended_at is not None:
        return "met"
    if paused:
        return "paused"
    if critical_at is not None and now >= critical_at:
        return "critical"
    return "warning" if warning_at is not None and now >= warning_at else "ok"


def clock(
    calendar: Calendar,
    starts: datetime,
    target: int,
    now: datetime,
    *,
    ended_at: datetime | None = None,
    pauses: Sequence[Pause] = (),
) -> Clock:
    """A clock with its explanation: to its end, else to the later of now and when it is due.

    `target` in minutes. What lies after now is foreseen: it holds unless the clock is paused again. A pause that stands
    is shown until now, as nobody knows when it ends.
    """
    whole, until = timedelta(minutes=target), ended_at or now
    found = deadline(calendar, starts, target, pauses)
    paused = ended_at is None and any(pause.ends is None for pause in pauses)
    elapsed = _elapsed(calendar, starts, until, pauses)
    shown = until if ended_at or paused or found.due is None else max(now, found.due)
    intervals = explain(calendar, starts, shown, pauses)
    return Clock(whole, found, state(found, now, ended_at=ended_at, paused=paused), elapsed, whole - elapsed, intervals)


def explain(
    calendar: Calendar, starts: datetime, ends: datetime, pauses: Sequence[Pause] = (), most: int = MOST_INTERVALS
) -> list[Interval]:
    """What counted and what did not, without gaps; neighbours differ. A pause hides what else would be the reason."""
    every = _joined(_intervals(calendar, starts, ends, pauses))
    shown = list(islice(every, most))
    if next(every, None) is not None:
        cut = shown[-1].ends
        shown.append(Interval(cut, ends, "summed", "", _elapsed(calendar, cut, ends, pauses)))
    return shown


def _due(calendar: Calendar, starts: datetime, amount: timedelta, pauses: Sequence[Pause]) -> datetime | None:
    for pause in _in_order(pauses):
        run = business_time(calendar, starts, pause.starts)
        if run >= amount:
            break
        if pause.ends is None:
            return None
        amount -= run
        starts = max(starts, pause.ends)
    return after(calendar, starts, amount)


def _elapsed(calendar: Calendar, starts: datetime, ends: datetime, pauses: Sequence[Pause]) -> timedelta:
    sections = _sections(starts, ends, pauses)
    return sum((business_time(calendar, begins, stops) for begins, stops, pause in sections if not pause), NOTHING)


def _sections(
    starts: datetime, ends: datetime, pauses: Sequence[Pause]
) -> Iterator[tuple[datetime, datetime, Pause | None]]:
    """The time from `starts` to `ends`, cut where pauses begin and end; some sections are empty."""
    for pause in _in_order(pauses):
        stops, resumes = max(pause.starts, starts), min(pause.ends or ends, ends)
        if stops >= resumes:
            continue
        yield starts, stops, None
        yield stops, resumes, pause
        starts = resumes
    yield starts, ends, None


def _in_order(pauses: Sequence[Pause]) -> list[Pause]:
    return sorted(pauses, key=lambda pause: pause.starts)


def _intervals(calendar: Calendar, starts: datetime, ends: datetime, pauses: Sequence[Pause]) -> Iterator[Interval]:
    for begins, stops, pause in _sections(starts, ends, pauses):
        if pause:
            yield Interval(begins, stops, "paused", pause.cause, NOTHING)
        else:
            yield from _by_hours(calendar, begins, stops)


def _by_hours(calendar: Calendar, starts: datetime, ends: datetime) -> Iterator[Interval]:
    day = local_day(calendar, starts)
    while starts < ends:
        holiday = calendar.holidays.get(day)
        reason: Reason = "holiday" if holiday else "outside_hours"
        midnight = moment(calendar.zone, day + DAY, 0)
        for opens, closes in (*openings(calendar, day), (midnight, midnight)):
            opens, closes = min(opens, ends), min(closes, ends)
            if starts < opens:
                yield Interval(starts, opens, reason, holiday.name if holiday else "", NOTHING)
                starts = opens
            if starts < closes:
                yield Interval(starts, closes, "counted", "", closes - starts)
                starts = closes
        day += DAY


def _joined(intervals: Iterator[Interval]) -> Iterator[Interval]:
    for _, group in groupby(intervals, key=lambda interval: (interval.reason, interval.note)):
        same = list(group)
        yield same[0]._replace(ends=same[-1].ends, counted=sum((each.counted for each in same), NOTHING))
