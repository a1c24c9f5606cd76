"""What follows from a ticket's state, promises and pauses; and that nothing of it is told twice."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, cast, get_args

import pytest

from shared.domains.support.rows.tickets import TicketRow
from shared.domains.support.rules.escalation import BREACHES, TARGETS, Cause
from shared.domains.support.rules.terms import default_terms
from shared.domains.support.rules.tickets import Priority
from shared.domains.support.service import clocks

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)  # a Monday
WEEKDAYS = {
    "time_zone": "UTC",
    "hours": {day: [{"opens": "09:00", "closes": "17:00"}] for day in ("monday", "tuesday", "wednesday")},
    "holidays": [{"date": "2026-01-06", "name": "Epiphany"}],
}


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def paused(starts: float, ends: float | None, cause: str = "waiting_user") -> dict[str, Any]:
    return {
        "starts": after(starts).isoformat(), "ends": None if ends is None else after(ends).isoformat(), "cause": cause,
    }  # fmt: skip


def ticket(priority: Priority = "medium", status: str = "open", **known: object) -> TicketRow:
    """With a promise of 240 minutes to the first answer and 1440 to the end, of which 1200 before it is slow."""
    terms = cast(dict[str, Any], default_terms(priority)) | cast(dict[str, Any], known.pop("terms", {}))
    made = TicketRow.new(number="SUP-2026-000001", status=status, priority=priority, created_at=NOW, terms=terms)
    return clocks.recomputed(made._replace(id=uuid.uuid4(), **cast(Any, known)), NOW)


@pytest.mark.parametrize("priority", TARGETS)
def test_a_new_ticket_has_two_clocks_and_a_moment_at_which_it_is_slow(priority: Priority) -> None:
    found, targets = ticket(priority), TARGETS[priority]
    assert found.first_response_due == after(targets.first_response)
    assert found.first_response_warning_at == after(targets.first_response * 0.75)
    assert found.first_response_critical_at == after(targets.first_response * 0.9)
    assert (found.resolution_due, found.slow_due) == (after(targets.resolution), after(targets.escalate_after))
    assert (found.next_response_due, found.returns_at, found.closes_at) == (None, None, None)


def test_the_calendar_of_its_terms_counts() -> None:
    found = ticket(terms={"calendar": WEEKDAYS, "first_response": 360})
    assert found.first_response_due == datetime(2026, 1, 7, 10, tzinfo=UTC), "after the holiday"


def test_the_sweep_comes_at_each_moment_that_was_not_told_of() -> None:
    found, moments = ticket(), []
    names = ("first_response_warning", "first_response_critical", "first_response", "resolution_warning", "slow")
    for name in names:
        moments.append(found.sweep_at)
        assert found.sweep_at
        found = clocks.recomputed(found._replace(raised=[*found.raised, name]), found.sweep_at)
    assert moments == [after(minutes) for minutes in (180, 216, 240, 1080, 1200)]
    assert found.sweep_at == after(1296)


def test_what_is_to_come_by_another_promise_is_told_of_again() -> None:
    """Urgent at first and late after a quarter of an hour, it has eight hours then."""
    raised = ["first_response_warning", "first_response_critical", "first_response", "slow"]
    urgent = ticket("urgent")._replace(raised=raised, breached=True, level=2)
    assert clocks.recomputed(urgent, after(200)).raised == raised, "the same promise is told of once"
    low = clocks.recomputed(clocks.promised(urgent, dict(default_terms("low"))), after(200))
    assert (low.raised, low.sweep_at) == ([], after(360))
    assert (low.breached, low.level) == (True, 2), "what was broken was broken"
    later = clocks.recomputed(clocks.promised(urgent, dict(default_terms("low"))), after(400))
    assert (later.raised, later.sweep_at) == (["first_response_warning"], after(432))


def test_a_given_answer_stays_as_it_was() -> None:
    """Though a pause begins with it, before the answer was due."""
    found = ticket()._replace(status="waiting_user", first_response_at=after(10), pauses=[paused(10, None)])
    found = clocks.recomputed(found, after(10))
    assert (found.first_response_due, found.resolution_due) == (after(240), None)
    assert found.sweep_at is None
    assert clocks.state_of(found, after(10_000)) == "paused"


def test_a_clock_that_stands_still_warns_of_nothing() -> None:
    found = clocks.recomputed(ticket()._replace(status="waiting_user", pauses=[paused(200, None)]), after(200))
    stored = found._asdict()
    assert [stored[f"{clock}_{name}"] for clock in BREACHES for name in ("warning_at", "critical_at", "due")] == [
        None
    ] * 9
    assert clocks.state_of(found, after(200)) == "paused"


@pytest.mark.parametrize(("pauses", "due"), [(True, 1440 + 100), (False, 1440)])
def test_it_stands_still_where_its_terms_say_so(pauses: bool, due: int) -> None:
    terms = {"pauses_on_waiting_user": pauses}
    waited = [paused(100, 200)]
    assert ticket(terms=terms, pauses=waited).resolution_due == after(due)
    resolved = [*waited, paused(300, 310, "resolved")]
    assert ticket(terms=terms, pauses=resolved).resolution_due == after(due + 10), "ended is ended"


def test_the_next_answer_has_the_first_ones_target() -> None:
    found = ticket(first_response_at=after(5), next_response_since=after(50))
    assert (found.next_response_due, found.next_response_warning_at) == (after(290), after(230))
    assert found.sweep_at == after(230)
    assert clocks.state_of(found, after(280)) == "critical"


def test_what_ended_runs_no_longer() -> None:
    found = ticket(status="resolved", resolved_at=after(60))
    assert (found.sweep_at, found.closes_at) == (None, after(60) + timedelta(days=7))
    assert [clocks.state_of(found, after(minutes)) for minutes in (60, 100_000)] == ["met", "met"]
    late = ticket(status="closed", closed_at=after(241))
    assert (clocks.state_of(late, after(242)), late.closes_at) == ("breached", None)


def test_a_silent_assignee_loses_it_after_business_minutes() -> None:
    terms = {"return_after": 60, "calendar": WEEKDAYS}
    found = ticket(terms=terms, silent_since=datetime(2026, 1, 5, 16, 30, tzinfo=UTC))
    assert found.returns_at == datetime(2026, 1, 7, 9, 30, tzinfo=UTC)
    assert ticket(silent_since=NOW).returns_at is None


def test_each_cause_is_told_of_once_whenever_one_looks() -> None:
    found, told = ticket("urgent"), []
    for minutes in (14, 15, 16, 180, 500, 501):
        found, events = clocks.noticed(found, after(minutes))
        told += [(minutes, type(event).__name__) for event in events]
    assert told == [
        (15, "SlaBreached"), (15, "TicketEscalated"), (180, "TicketEscalated"),
        (500, "SlaBreached"), (500, "TicketEscalated"),
    ]  # fmt: skip
    assert (found.level, found.breached, found.escalated_at) == (3, True, after(240))
    assert found.raised == ["first_response", "slow", "resolution"]


def test_looking_late_tells_the_same() -> None:
    at_once, events = clocks.noticed(ticket("urgent"), after(500))
    assert (at_once.level, at_once.raised, len(events)) == (3, ["first_response", "slow", "resolution"], 5)


def test_a_promise_is_broken_whether_or_not_somebody_noticed() -> None:
    found = ticket()
    assert [clocks.is_late(found, after(minutes)) for minutes in (239, 240)] == [False, True]
    assert not clocks.is_late(found._replace(first_response_at=after(1)), after(1439))
    assert clocks.is_late(found._replace(status="closed", breached=True), after(1))


def test_the_causes_are_those_of_the_rules() -> None:
    assert set(clocks.due(ticket(next_response_since=NOW))) | set(clocks.slow(ticket())) == set(get_args(Cause))
