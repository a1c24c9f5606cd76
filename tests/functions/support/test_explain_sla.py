"""GET /api/support/tickets/{id}/sla."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.functions.support.desk import change, let_pass, open_ticket, path, say, seen, ticket_for
from tests.functions.support.promises import ALONE, add_calendar, add_rule
from tests.support import clocks
from tests.support.admins import new_admin
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

OWN = True
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def example(caller: Client) -> Request:
    return Request("GET", path(ticket_for(caller), "/sla"))


def explained(client: Client, ticket: dict[str, Any]) -> dict[str, Any]:
    answer = client.get(path(ticket, "/sla"))
    assert answer.status == 200, answer.body
    return dict(answer.json)


def test_each_minute_is_counted_or_skipped_for_a_reason(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """120 minutes from a Friday at 16:00, before a Monday that is a holiday."""
    friday = clocks.stop(monkeypatch, datetime(2026, 1, 23, 16, tzinfo=UTC))
    owner, admin = sign_up(), new_admin(database)
    calendar = add_calendar(admin, holidays=[{"date": "2026-01-26", "name": "Republic Day"}])
    add_rule(admin, calendar_id=calendar["id"], first_response=120)
    ticket = open_ticket(owner, **ALONE)
    clocks.stop(monkeypatch, friday + 10 * MINUTE)
    found = explained(owner, ticket)["first_response"]
    shown = [(interval["reason"], interval["note"], interval["ends"][:16]) for interval in found["intervals"]]
    assert shown == [
        ("counted", "", "2026-01-23T17:00"),
        ("outside_hours", "", "2026-01-26T00:00"),
        ("holiday", "Republic Day", "2026-01-27T00:00"),
        ("outside_hours", "", "2026-01-27T09:00"),
        ("counted", "", "2026-01-27T10:00"),
    ]
    assert found["due"] == ticket["first_response_due"] == found["intervals"][-1]["ends"]
    assert (found["target_minutes"], found["time_zone"], found["state"]) == (120, "UTC", "ok")
    assert (found["warning_at"][:16], found["critical_at"][:16]) == ("2026-01-27T09:30", "2026-01-27T09:48")
    assert (found["elapsed_minutes"], found["remaining_minutes"]) == (10, 110)
    assert sum(interval["counted_minutes"] for interval in found["intervals"]) == 120


def test_what_is_explained_is_what_is_stored(owner: Client, admin: Client, database: Database) -> None:
    """At every step of a ticket's life."""
    ticket = open_ticket(owner, priority="urgent")
    steps = [
        lambda: let_pass(database, ticket, 10 * MINUTE),
        lambda: say(admin, ticket),
        lambda: let_pass(database, ticket, HOUR),
        lambda: say(owner, ticket),
        lambda: let_pass(database, ticket, 20 * MINUTE),
        lambda: change(admin, ticket, priority="low"),
        lambda: say(admin, ticket),
        lambda: say(owner, ticket),
        lambda: change(admin, ticket, status="resolved"),
        lambda: let_pass(database, ticket, HOUR),
        lambda: owner.post(path(ticket, "/reopen"), {"reason": "It is back."}),
        lambda: change(admin, ticket, status="closed"),
    ]
    for step in steps:
        step()
        found, stored = explained(owner, ticket), seen(owner, ticket)
        waits = found["next_response"]
        assert [found["first_response"]["due"], waits and waits["due"], found["resolution"]["due"]] == [
            stored["first_response_due"], stored["next_response_due"], stored["resolution_due"]
        ]  # fmt: skip
        assert (found["state"], found["breached"]) == (stored["sla"]["state"], stored["sla"]["breached"])
    assert found["breached"] is True, "the second answer came after 20 of 15 minutes"
    assert found["first_response"]["target_minutes"] == 15, "as it was promised when it was given"
    assert found["resolution"]["target_minutes"] == 2880


def test_pauses_are_shown_with_their_cause(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    say(admin, ticket)
    let_pass(database, ticket, HOUR)
    found = explained(owner, ticket)["resolution"]
    assert (found["state"], found["due"]) == ("paused", None)
    assert [(each["reason"], each["note"]) for each in found["intervals"]] == [
        ("counted", ""), ("paused", "waiting_user")
    ]  # fmt: skip
    say(owner, ticket)
    change(admin, ticket, status="resolved")
    let_pass(database, ticket, HOUR)
    say(owner, ticket, "It is back.")
    found = explained(owner, ticket)["resolution"]
    notes = [each["note"] for each in found["intervals"] if each["reason"] == "paused"]
    assert notes == ["waiting_user", "resolved"]
    assert found["remaining_minutes"] == pytest.approx(1440, abs=1)


def test_a_broken_promise_is_one_at_once(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner, priority="urgent")
    let_pass(database, ticket, 16 * MINUTE)
    found = explained(admin, ticket)
    assert (found["state"], found["breached"], found["level"]) == ("breached", True, 0), "nobody has swept"
    assert found["first_response"]["state"] == "breached"
    assert found["first_response"]["remaining_minutes"] == pytest.approx(-1, abs=0.5)
    assert found["resolution"]["state"] == "ok"


def test_it_is_for_who_sees_the_ticket(owner: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    assert sign_up().get(path(ticket, "/sla")).json["type"] == "/problems/ticket-not-found"
    assert new_admin(database, "support_staff").get(path(ticket, "/sla")).status == 200
    assert new_admin(database, "support_viewer").get(path(ticket, "/sla")).status == 404, "it is not assigned to him"
