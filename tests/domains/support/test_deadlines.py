"""Deadlines and their explanations: worked by hand, borrowed pauses, and what holds of every clock."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domains.support.rules.business_time import business_time
from shared.domains.support.rules.calendars import ALWAYS, Calendar, Holiday, Span
from shared.domains.support.rules.deadlines import (
    LONGEST_TARGET,
    MOST_INTERVALS,
    Clock,
    Deadline,
    Pause,
    clock,
    deadline,
    explain,
    state,
)
from tests.support import cases

MINUTE, NOTHING = timedelta(minutes=1), timedelta()
DAY_SHIFT, SPLIT_SHIFT = (Span(540, 1020),), (Span(540, 780), Span(840, 1080))
OFFICE = Calendar(
    ZoneInfo("UTC"), (*(DAY_SHIFT,) * 5, (), ()), {date(2026, 1, 26): Holiday("Republic Day")}
)  # Monday to Friday, 09:00 to 17:00
KOLKATA = Calendar(
    ZoneInfo("Asia/Kolkata"), (*(SPLIT_SHIFT,) * 6, ()), {date(2026, 11, 9): Holiday("Diwali", (Span(1095, 1155),))}
)  # 09:00 to 13:00 and 14:00 to 18:00
LONDON = Calendar(ZoneInfo("Europe/London"), ((Span(0, 360),),) * 7)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(clock: Clock) -> list[tuple[str, str, str]]:
    return [(f"{each.starts:%a %H:%M}", f"{each.ends:%a %H:%M}", each.note or each.reason) for each in clock.intervals]


def test_a_deadline_over_a_weekend_and_a_holiday_is_explained() -> None:
    found = clock(OFFICE, at("2026-01-23T16:00"), 120, at("2026-01-23T16:30"))
    assert found.deadline == (at("2026-01-27T09:30"), at("2026-01-27T09:48"), at("2026-01-27T10:00"))
    assert (found.state, found.elapsed, found.remaining) == ("ok", 30 * MINUTE, 90 * MINUTE)
    assert shown(found) == [
        ("Fri 16:00", "Fri 17:00", "counted"),
        ("Fri 17:00", "Mon 00:00", "outside_hours"),
        ("Mon 00:00", "Tue 00:00", "Republic Day"),
        ("Tue 00:00", "Tue 09:00", "outside_hours"),
        ("Tue 09:00", "Tue 10:00", "counted"),
    ]
    assert found.intervals[2].reason == "holiday"


def test_a_pause_moves_the_deadline_by_the_business_time_it_hides() -> None:
    asked = Pause(at("2026-01-22T16:30"), at("2026-01-23T11:00"))  # half an hour of Thursday, two hours of Friday
    found = clock(OFFICE, at("2026-01-22T16:00"), 120, at("2026-01-23T11:15"), pauses=[asked])
    assert found.deadline.due == at("2026-01-23T12:30")
    assert found.elapsed == 45 * MINUTE
    assert shown(found) == [
        ("Thu 16:00", "Thu 16:30", "counted"),
        ("Thu 16:30", "Fri 11:00", "waiting_user"),
        ("Fri 11:00", "Fri 12:30", "counted"),
    ]


def test_while_it_is_paused_it_is_not_due() -> None:
    pauses = [Pause(at("2026-01-22T10:50"), None)]
    found = clock(OFFICE, at("2026-01-22T09:00"), 120, at("2026-02-12T09:00"), pauses=pauses)
    assert found.deadline == (at("2026-01-22T10:30"), at("2026-01-22T10:48"), None)
    assert (found.state, found.remaining) == ("paused", 10 * MINUTE)
    assert shown(found)[-1] == ("Thu 10:50", "Thu 09:00", "waiting_user")


def test_a_pause_that_comes_too_late_changes_nothing() -> None:
    pauses = [Pause(at("2026-01-22T11:00"), None)]
    found = clock(OFFICE, at("2026-01-22T09:00"), 120, at("2026-01-22T12:00"), pauses=pauses)
    assert (found.deadline.due, found.state, found.remaining) == (at("2026-01-22T11:00"), "breached", NOTHING)


def test_what_was_resolved_goes_on_where_it_stopped_when_it_is_opened_again() -> None:
    resolved, reopened = at("2026-01-22T10:00"), at("2026-01-29T16:00")
    ended = clock(OFFICE, at("2026-01-22T09:00"), 120, at("2026-01-28T09:00"), ended_at=resolved)
    assert (ended.state, ended.elapsed, shown(ended)) == ("met", 60 * MINUTE, [("Thu 09:00", "Thu 10:00", "counted")])
    again = clock(OFFICE, at("2026-01-22T09:00"), 120, reopened, pauses=[Pause(resolved, reopened, "resolved")])
    assert (again.state, again.remaining, again.deadline.due) == ("ok", 60 * MINUTE, at("2026-01-29T17:00"))


def test_two_spans_a_day_in_another_zone_and_half_a_holiday() -> None:
    found = clock(KOLKATA, at("2026-11-07T11:30"), 120, at("2026-11-07T11:30"))  # Saturday 17:00, in Kolkata
    assert shown(found) == [
        ("Sat 11:30", "Sat 12:30", "counted"),
        ("Sat 12:30", "Sun 18:30", "outside_hours"),
        ("Sun 18:30", "Mon 12:45", "Diwali"),
        ("Mon 12:45", "Mon 13:45", "counted"),
    ]


def test_an_hour_that_is_skipped_does_not_count_and_one_that_is_repeated_does() -> None:
    spring = clock(LONDON, at("2026-03-29T00:00"), 360, at("2026-03-29T00:00"))  # five hours of that night
    assert shown(spring)[-1] == ("Sun 23:00", "Mon 00:00", "counted")
    autumn = clock(LONDON, at("2026-10-24T23:00"), 360, at("2026-10-24T23:00"))  # seven
    assert shown(autumn) == [("Sat 23:00", "Sun 05:00", "counted")]


def test_around_the_clock_there_is_nothing_to_skip() -> None:
    found = clock(ALWAYS, at("2026-03-06T20:00"), 2880, at("2026-03-20T20:00"))
    assert (found.deadline.due, found.remaining) == (at("2026-03-08T20:00"), -12 * timedelta(days=1))
    assert shown(found) == [("Fri 20:00", "Fri 20:00", "counted")]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, "ok"), (74, "ok"), (75, "warning"), (89, "warning"), (90, "critical"), (99, "critical"), (100, "breached")],
)
def test_states_change_when_a_quarter_a_tenth_and_nothing_is_left(minutes: int, expected: str) -> None:
    starts = at("2026-01-22T09:00")
    found = deadline(OFFICE, starts, 100)
    assert state(found, starts + minutes * MINUTE) == expected
    assert state(found, at("2027-01-01"), ended_at=starts + minutes * MINUTE) == (
        "breached" if minutes == 100 else "met"
    )


def test_a_clock_that_is_paused_before_it_warns_has_no_moments() -> None:
    starts = at("2026-01-22T09:00")
    found = deadline(OFFICE, starts, 100, [Pause(starts, None)])
    assert found == Deadline(None, None, None)
    assert state(found, at("2027-01-01"), paused=True) == "paused"
    assert state(found, at("2027-01-01"), ended_at=at("2026-12-01")) == "met"


def test_a_long_explanation_ends_with_a_sum() -> None:
    starts, ends = at("2026-01-01"), at("2046-01-01")
    found = explain(OFFICE, starts, ends, most=10)
    assert [each.reason for each in found[-2:]] == ["counted", "summed"]
    assert (len(found), found[-1].ends) == (11, ends)
    assert sum((each.counted for each in found), NOTHING) == business_time(OFFICE, starts, ends)
    assert len(explain(OFFICE, starts, found[9].ends, most=10)) == 10


def test_every_borrowed_pause() -> None:
    """Created at 0, pending from 90 to 120 minutes, then closed: for what is worked, the clock ends there."""
    found = cases.load("conformance/sla_business_time.json")["pause_zammad"]
    created = at("2026-01-05")

    def moment(text: str) -> datetime:
        return created + int(text.removesuffix("m")) * MINUTE

    pause = Pause(moment("+90m"), moment("+120m"))
    for case in found["worked_minutes"]:
        starts, ended = max(created, moment(case["start"])), min(moment(case["end"]), moment("+120m"))
        assert clock(ALWAYS, starts, 1, ended, ended_at=ended, pauses=[pause]).elapsed == case["expected"] * MINUTE, (
            case
        )
    for case in found["deadline_of_30_minutes"]:
        assert deadline(ALWAYS, moment(case["start"]), 30, [pause]).due == moment(case["expected"]), case
    cases.ran("sla_business_time", len(found["worked_minutes"]) + len(found["deadline_of_30_minutes"]))


CALENDARS = st.sampled_from((ALWAYS, OFFICE, KOLKATA, LONDON))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
LASTING = st.none() | st.timedeltas(NOTHING, timedelta(days=9))
PAUSES = st.lists(
    st.builds(lambda starts, lasts: Pause(starts, lasts and starts + lasts), MOMENTS, LASTING), max_size=5
)
TARGETS = st.integers(1, 20_000)


@given(CALENDARS, MOMENTS, TARGETS, MOMENTS, st.booleans(), PAUSES)
def test_an_explanation_has_no_gaps_and_accounts_for_every_minute(
    calendar: Calendar, starts: datetime, target: int, now: datetime, ended: bool, pauses: list[Pause]
) -> None:
    starts, now = sorted((starts, now))
    pauses = [pause for pause in pauses if pause.starts < now and (pause.ends or now) <= now]
    found = clock(calendar, starts, target, now, ended_at=now if ended else None, pauses=pauses)
    every = found.intervals
    for before, following in pairwise(every):
        assert before.ends == following.starts
        assert (before.reason, before.note) != (following.reason, following.note)
    assert all(each.starts < each.ends for each in every)
    for each in every[:MOST_INTERVALS]:
        assert each.counted == (each.ends - each.starts) * (each.reason == "counted")
    if every:
        assert every[0].starts == starts
    foreseen = found.deadline.due is not None and not ended and found.state not in ("paused", "breached")
    counted = sum((each.counted for each in every), NOTHING)
    assert counted == (target * MINUTE if foreseen else found.elapsed)
    assert found.elapsed + found.remaining == target * MINUTE


@given(CALENDARS, MOMENTS, TARGETS, MOMENTS, PAUSES)
def test_the_state_of_the_stored_moments_is_that_of_what_is_counted(
    calendar: Calendar, starts: datetime, target: int, now: datetime, pauses: list[Pause]
) -> None:
    starts, now = sorted((starts, now))
    pauses = [pause for pause in pauses if pause.starts < now and (pause.ends or now) <= now]
    found = clock(calendar, starts, target, now, pauses=pauses)
    left = found.remaining / (target * MINUTE)
    if left <= 0:
        assert found.state == "breached"
    elif any(pause.ends is None for pause in pauses):
        assert found.state == "paused"
    else:
        assert found.state == ("critical" if left <= 0.1 else "warning" if left <= 0.25 else "ok")


@given(CALENDARS, MOMENTS, TARGETS, PAUSES)
def test_the_moments_come_in_order_and_a_pause_never_hastens_them(
    calendar: Calendar, starts: datetime, target: int, pauses: list[Pause]
) -> None:
    usual, found = deadline(calendar, starts, target), deadline(calendar, starts, target, pauses)
    for without, paused in zip(usual, found, strict=True):
        assert paused is None or (without is not None and without <= paused)
    reached = [moment for moment in found if moment]
    assert reached == sorted(reached)
    assert list(found) == reached + [None] * (3 - len(reached))


def test_the_longest_target_is_found_in_no_more_time_than_a_request_has() -> None:
    found = clock(KOLKATA, at("2026-01-01"), LONGEST_TARGET, at("2026-01-01"))
    assert found.deadline.due is not None
    assert business_time(KOLKATA, at("2026-01-01"), found.deadline.due) == LONGEST_TARGET * MINUTE
    assert len(found.intervals) == MOST_INTERVALS + 1
