"""POST /api/support/tickets/{id}/reopen."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.functions.support.desk import (
    change,
    let_pass,
    open_ticket,
    path,
    resolved,
    say,
    seen,
    superior,
    ticket_for,
    told,
)
from tests.functions.support.promises import ALONE, RULES, add_rule, follow, make_room
from tests.support.client import Client, Request
from tests.support.database import Database

OWN = True
REASON = {"reason": "It is wrong again."}


def example(caller: Client) -> Request:
    ticket = ticket_for(caller)
    resolved(superior(caller), ticket)
    return Request("POST", path(ticket, "/reopen"), REASON)


@pytest.mark.parametrize("by_staff", [False, True])
def test_what_was_resolved_goes_on(owner: Client, admin: Client, database: Database, by_staff: bool) -> None:
    ticket = open_ticket(owner)
    say(admin, ticket)
    say(owner, ticket)
    resolved(admin, ticket)
    answer = (admin if by_staff else owner).post(path(ticket, "/reopen"), REASON)
    assert (answer.status, answer.json["status"], answer.json["resolved_at"]) == (200, "in_progress", None)
    assert (answer.json["next_response_due"] is None) == by_staff, "who asks waits for an answer"
    said, reason = seen(owner, ticket)["messages"][-1], REASON["reason"]
    system = ("system", f"Re-opened by {answer_of(admin)}: {reason}")
    assert (said["sender"], said["message"]) == (system if by_staff else ("user", reason))
    events = told(database, ticket)
    assert events.count("TicketReopened") == 1
    assert events.count("MessagePosted") == 2 + (not by_staff), "who has it gets a mail of what a user says"


def answer_of(admin: Client) -> str:
    return str(admin.account["admin"]["full_name"])


def test_it_is_promised_what_holds_then(owner: Client, admin: Client, database: Database) -> None:
    """What it had been promised before it was resolved, it was held to."""
    make_room(admin)
    rule = add_rule(admin)
    ticket = open_ticket(owner, **ALONE)
    resolved(admin, ticket)
    assert admin.patch(f"{RULES}/{rule['id']}", {"resolution": 1200}).status == 200
    follow(database)
    assert resolution(owner, ticket) == 600
    owner.post(path(ticket, "/reopen"), REASON)
    assert resolution(owner, ticket) == 1200
    make_room(admin)


def resolution(owner: Client, ticket: dict[str, Any]) -> int:
    return int(owner.get(path(ticket, "/sla")).json["resolution"]["target_minutes"])


def test_the_time_between_does_not_count(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    change(admin, ticket, status="in_progress")
    let_pass(database, ticket, timedelta(minutes=100))
    before = datetime.fromisoformat(resolved(admin, ticket)["resolution_due"])
    let_pass(database, ticket, timedelta(days=3))
    after = datetime.fromisoformat(owner.post(path(ticket, "/reopen"), REASON).json["resolution_due"])
    assert abs(after - before) < timedelta(seconds=60), "the three days stand still, 100 minutes are spent"


@pytest.mark.parametrize("status", ["open", "closed"])
def test_only_what_is_resolved_is_reopened(owner: Client, admin: Client, status: str) -> None:
    ticket = open_ticket(owner)
    if status == "closed":
        change(admin, ticket, status=status)
    refused = owner.post(path(ticket, "/reopen"), REASON)
    assert (refused.status, refused.json["type"], refused.json["current"]) == (
        409,
        "/problems/ticket-not-resolved",
        status,
    )


def test_a_reason_can_be_seen(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    resolved(admin, ticket)
    refused = owner.post(path(ticket, "/reopen"), {"reason": "\u200b" * 5})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "#/reason")
