"""POST /api/support/tickets."""

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.functions.support.desk import QUESTION, TICKETS, change, open_ticket, seen, told
from tests.support import clocks
from tests.support.admins import new_admin
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

OWN = True


def example(caller: Client) -> Request:
    requester = caller if "user" in caller.account else sign_up(caller.transport)
    return Request("POST", TICKETS, QUESTION | {"requester_id": requester.account["user"]["id"]})


def minutes(ticket: dict[str, Any], name: str) -> float:
    """From the ticket's creation to one of its moments."""
    created, moment = (datetime.fromisoformat(ticket[part]) for part in ("created_at", name))
    return (moment - created).total_seconds() / 60


def test_it_is_open_numbered_and_promised_an_answer(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = clocks.stop(monkeypatch).astimezone(ZoneInfo("Asia/Kolkata")).year
    ticket = open_ticket(owner)
    assert (ticket["number"], ticket["status"], ticket["category"]) == (f"SUP-{year}-000001", "open", "general")
    assert ticket["requester"] == {"id": owner.account["user"]["id"], "full_name": "Asha Sharma"}
    assert (ticket["assigned_to"], ticket["tags"], ticket["rating"]) == (None, [], None)
    assert ticket["sla"] == {"state": "ok", "breached": False, "level": 0}
    assert (minutes(ticket, "first_response_due"), minutes(ticket, "resolution_due")) == (240, 1440)
    assert open_ticket(owner)["number"].endswith("000002")
    assert open_ticket(sign_up())["number"].endswith("000001")
    assert told(database, ticket) == ["TicketCreated"]
    assert seen(owner, ticket) == ticket | {"messages": []}


@pytest.mark.parametrize(
    ("given", "priority", "due"),
    [
        ({"subject": "URGENT: nothing prints"}, "urgent", 15),
        ({"description": "An error is shown for each quote."}, "high", 60),
        ({"category": "billing_payment"}, "high", 60),
        ({"category": "feature_request"}, "low", 480),
        ({"subject": "URGENT: nothing prints", "priority": "low"}, "low", 480),
    ],
)
def test_a_priority_is_given_or_found(owner: Client, given: dict[str, object], priority: str, due: int) -> None:
    ticket = open_ticket(owner, **given)
    assert (ticket["priority"], minutes(ticket, "first_response_due")) == (priority, due)


def test_the_rule_of_priority_and_category_is_promised(owner: Client, database: Database) -> None:
    add_rule(database, "high", None, 30)
    add_rule(database, "high", "performance", 20)
    try:
        assert minutes(open_ticket(owner, priority="high", category="performance"), "first_response_due") == 20
        assert minutes(open_ticket(owner, priority="high", category="security"), "first_response_due") == 30
        assert minutes(open_ticket(owner, priority="low"), "first_response_due") == 480
    finally:
        database.run("delete from sla_rules")


def add_rule(database: Database, priority: str, category: str | None, first_response: int) -> None:
    database.run(
        "insert into sla_rules (id, priority, category, first_response, resolution, escalate_after,"
        " pauses_on_waiting_user, close_after_days, created_at, updated_at)"
        " values (gen_random_uuid(), :priority, :category, :minutes, 600, 500, true, 7, now(), now())",
        priority=priority, category=category, minutes=first_response,
    )  # fmt: skip


def test_who_runs_the_tenant_opens_one_for_a_colleague(owner: Client, database: Database) -> None:
    ravi = member(owner, "viewer", database)
    ticket = open_ticket(owner, requester_id=ravi.account["user"]["id"])
    assert ticket["requester"]["id"] == ravi.account["user"]["id"]
    assert seen(ravi, ticket)["number"] == ticket["number"]
    refused = ravi.post(TICKETS, QUESTION | {"requester_id": owner.account["user"]["id"]})
    assert (refused.status, refused.json["type"]) == (404, "/problems/requester-not-found")
    assert refused.json["errors"][0]["pointer"] == "#/requester_id"


def test_staff_open_one_for_anybody_and_say_for_whom(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(admin, requester_id=owner.account["user"]["id"])
    assert (ticket["tenant_id"], ticket["number"][-6:]) == (owner.account["tenant"]["id"], "000001")
    assert seen(owner, ticket)["id"] == ticket["id"]
    unsaid = admin.post(TICKETS, QUESTION)
    assert (unsaid.status, unsaid.json["errors"][0]["pointer"]) == (422, "#/requester_id")
    assert admin.post(TICKETS, QUESTION | {"requester_id": str(uuid.uuid4())}).status == 404
    assert open_ticket(owner)["number"].endswith("000002"), "a refusal takes no number"
    refused = new_admin(database, "support_viewer").post(TICKETS, QUESTION)
    assert (refused.status, refused.json["permission"]) == (403, "create_ticket")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "Four"), ("subject", "x" * 201), ("subject", "two\nlines"), ("description", "too short"),
        ("description", "x" * 10_001), ("category", "anything"), ("priority", "critical"),
        ("subject", "\u200b" * 9), ("description", "\u200b" * 12),
    ],
)  # fmt: skip
def test_what_is_refused_is_pointed_at(owner: Client, field: str, value: str) -> None:
    refused = owner.post(TICKETS, QUESTION | {field: value})
    assert (refused.status, [error["pointer"] for error in refused.json["errors"]]) == (422, [f"#/{field}"])


def test_ten_a_minute_are_opened(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATE_LIMIT_FACTOR", "1")
    statuses = [owner.post(TICKETS, QUESTION).status for _ in range(12)]
    assert statuses[:10] == [201] * 10
    assert 429 in statuses[10:]


def test_a_changed_priority_changes_the_promise(owner: Client, admin: Client) -> None:
    ticket = change(admin, open_ticket(owner), priority="urgent").json
    assert (minutes(ticket, "first_response_due"), minutes(ticket, "resolution_due")) == (15, 240)
