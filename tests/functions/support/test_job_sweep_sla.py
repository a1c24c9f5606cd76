"""functions/support/job_sweep_sla.py."""

from datetime import timedelta
from typing import Any

import pytest

from shared.domains.support.service import sweep as service
from tests.functions.support.desk import change, let_pass, open_ticket, path, say, seen
from tests.functions.support.promises import sweep, told
from tests.support.client import Client
from tests.support.database import Database

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def nothing_else(database: Database) -> None:
    """Is due of the tickets of other tests."""
    sweep()


def named(database: Database, ticket: dict[str, Any]) -> list[str]:
    """The events about a ticket, in short."""
    return [
        f"{event['name'].removeprefix('Ticket').removeprefix('Sla').lower()} {event['cause']}"
        f" {event.get('state') or event.get('level') or ''}".rstrip()
        for event in told(database, ticket)
    ]


def test_every_moment_is_told_once(owner: Client, database: Database) -> None:
    """Of an urgent ticket that nobody answers: it is swept every five minutes."""
    ticket, news = open_ticket(owner, priority="urgent"), {}
    for minute in range(5, 250, 5):
        before = len(named(database, ticket))
        let_pass(database, ticket, 5 * MINUTE)
        swept = sweep()
        if found := named(database, ticket)[before:]:
            news[minute] = found
        assert swept == bool(found)
    assert news == {
        15: ["breached first_response", "escalated first_response 1"],
        180: ["escalated slow 2", "warning resolution warning"],
        220: ["warning resolution critical"],
        240: ["breached resolution", "escalated resolution 3"],
    }
    assert seen(owner, ticket)["sla"] == {"state": "breached", "breached": True, "level": 3}
    assert [event["to"] for event in told(database, ticket, "TicketEscalated")] == [
        "support_staff", "super_admin", "super_admin"
    ]  # fmt: skip
    assert database.run("select sweep_at from support_tickets where id = :id", id=ticket["id"]) == [[None]]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (179, []),
        (181, ["warning first_response warning"]),
        (220, ["warning first_response critical"]),
        (241, ["breached first_response", "escalated first_response 1"]),
        (5000, [
            "breached first_response", "escalated first_response 1", "escalated slow 2", "breached resolution",
            "escalated resolution 3",
        ]),
    ],
)  # fmt: skip
def test_a_late_sweep_tells_what_is_true(owner: Client, database: Database, minutes: int, expected: list[str]) -> None:
    ticket = open_ticket(owner, priority="medium")
    let_pass(database, ticket, minutes * MINUTE)
    sweep()
    assert named(database, ticket) == expected
    assert sweep() == 0


def test_what_a_writer_has_told_is_not_told_again(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner, priority="urgent")
    let_pass(database, ticket, 16 * MINUTE)
    admin.post(path(ticket, "/notes"), {"note": "Who takes this?"})
    sweep()
    assert named(database, ticket) == ["breached first_response", "escalated first_response 1"]


def test_who_waits_for_the_user_is_not_late_and_goes_on_after_it(
    owner: Client, admin: Client, database: Database
) -> None:
    ticket = open_ticket(owner, priority="urgent")
    let_pass(database, ticket, 10 * MINUTE)
    say(admin, ticket)
    let_pass(database, ticket, timedelta(days=3))
    assert sweep() == 0
    assert named(database, ticket) == []
    say(owner, ticket)
    let_pass(database, ticket, 16 * MINUTE)
    sweep()
    assert named(database, ticket) == ["breached next_response", "escalated next_response 1"]
    say(admin, ticket)
    say(owner, ticket)
    let_pass(database, ticket, 16 * MINUTE)
    sweep()
    assert named(database, ticket)[2:] == ["breached next_response", "escalated next_response 2"], "of another wait"


def test_a_pause_after_the_warning_keeps_it_for_later(owner: Client, admin: Client, database: Database) -> None:
    """Nobody swept between the moment of the warning and the pause: then there is nothing to tell while it stands."""
    ticket = open_ticket(owner, priority="urgent")
    say(admin, ticket)
    say(owner, ticket)
    let_pass(database, ticket, 12 * MINUTE)
    change(admin, ticket, status="waiting_user")
    assert sweep() == 0
    say(owner, ticket)
    sweep()
    assert named(database, ticket) == ["warning next_response warning"]


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_what_has_ended_is_left_alone(owner: Client, admin: Client, database: Database, status: str) -> None:
    ticket = open_ticket(owner, priority="urgent")
    change(admin, ticket, status=status)
    let_pass(database, ticket, timedelta(days=9))
    assert sweep() == 0
    assert named(database, ticket) == []


def test_slice_after_slice(owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "SLICE", 2)
    tickets = [open_ticket(owner, priority="urgent") for _ in range(5)]
    for ticket in tickets:
        let_pass(database, ticket, 16 * MINUTE)
    assert sweep() == len(tickets)
    assert all(len(told(database, ticket, "SlaBreached")) == 1 for ticket in tickets)


def test_events_belong_to_the_tenant_of_their_ticket(owner: Client, database: Database) -> None:
    ticket = open_ticket(owner, priority="urgent")
    let_pass(database, ticket, 16 * MINUTE)
    sweep()
    found = database.run("select distinct tenant_id::text from outbox where event->>'ticket_id' = :id", id=ticket["id"])
    assert found == [[owner.account["tenant"]["id"]]]


def test_where_nothing_is_due_it_asks_once(owner: Client, database: Database) -> None:
    open_ticket(owner)
    before = database.proxy.round_trips
    assert sweep() == 0
    assert database.proxy.round_trips - before == 1
