"""States of whole tickets, actions and levels."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.domains.support.rules.calendars import ALWAYS
from shared.domains.support.rules.deadlines import State, clock
from shared.domains.support.rules.escalation import (
    BREACHES,
    TARGETS,
    Cause,
    Escalation,
    action,
    escalations,
    ticket_state,
)
from tests.support import cases

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_every_status_of_the_vectors() -> None:
    """They say OK of what has ended; here it is met or, if it ended late, breached."""
    ran = 0
    for case in cases.load("vectors/boxcost.json"):
        if case["kind"] != "sla_status":
            continue
        given, wanted = case["input"], case["output"]
        now, targets = after(given["elapsed_minutes"]), TARGETS[given["priority"].lower()]
        resolved = NOW if given["status"] in ("RESOLVED", "CLOSED") else None
        answered = NOW if given["first_response_given"] else None
        first = clock(ALWAYS, NOW, targets.first_response, now, ended_at=answered or resolved)
        resolution = clock(ALWAYS, NOW, targets.resolution, now, ended_at=resolved)
        running, ended = list[State](), list[State]()
        for name, found, ends in (
            ("first_response", first, answered or resolved),
            ("resolution", resolution, resolved),
        ):
            (ended if ends else running).append(found.state)
            assert (found.state == "breached") is wanted[f"{name}_breached"], case["id"]
            left = wanted[f"{name}_minutes_remaining"]
            assert (left is None) is (ends is not None), case["id"]
            if left is not None:
                assert found.remaining / timedelta(minutes=1) == pytest.approx(left, rel=1e-9), case["id"]
        state = ticket_state(running, ended)
        assert state.replace("met", "ok").upper() == wanted["status"], case["id"]
        assert action(state, given["escalation_level"]).upper() == wanted["action"], case["id"]
        ran += 1
    cases.ran("sla_status", ran)


def test_a_ticket_stands_as_its_worst_running_clock() -> None:
    assert ticket_state(["ok", "warning"], ["breached"]) == "warning"
    assert ticket_state(["paused"], ["met"]) == "paused"
    assert ticket_state(["paused", "breached"]) == "breached"


def test_of_what_has_ended_one_clock_that_was_late_is_told() -> None:
    assert ticket_state([], ["met", "breached"]) == "breached"
    assert ticket_state([], ["met", "met"]) == "met"


URGENT: dict[Cause, datetime | None] = {"resolution": after(240), "first_response": after(15), "slow": after(180)}


def test_an_urgent_ticket_that_nobody_answers_climbs_three_levels() -> None:
    assert escalations(URGENT, after(1000)) == [
        Escalation(1, "first_response", after(15), "support_staff", "escalate"),
        Escalation(2, "slow", after(180), "super_admin", "escalate"),
        Escalation(3, "resolution", after(240), "super_admin", "urgent_escalate"),
    ]
    assert [each.cause for each in escalations(URGENT, after(1000)) if each.cause in BREACHES] == [
        "first_response",
        "resolution",
    ]


@pytest.mark.parametrize("every", [1, 5, 7, 60, 500])
def test_however_often_it_is_looked_at_each_level_comes_once(every: int) -> None:
    raised: list[Escalation] = []
    for minute in range(0, 1001, every):
        raised += escalations(URGENT, after(minute), level=len(raised), raised=[each.cause for each in raised])
    assert raised == escalations(URGENT, after(1000))


def test_what_is_paused_or_not_due_raises_nothing() -> None:
    assert escalations({"first_response": None, "slow": after(2), "resolution": after(3)}, after(1)) == []
    assert [each.level for each in escalations({"slow": after(1)}, after(1))] == [1]


def test_what_is_promised_in_hours() -> None:
    assert {priority: [minutes / 60 for minutes in targets] for priority, targets in TARGETS.items()} == {
        "low": [8, 48, 40],
        "medium": [4, 24, 20],
        "high": [1, 12, 10],
        "urgent": [0.25, 4, 3],
    }
