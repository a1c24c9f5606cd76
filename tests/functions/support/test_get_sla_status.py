"""GET /api/support/sla-status."""

import random
from datetime import timedelta
from typing import Any

from tests.functions.support.desk import change, let_pass, open_ticket, say, seen
from tests.support.admins import new_admin
from tests.support.client import Client, Request
from tests.support.database import Database

STATUS = "/api/support/sla-status"
URGENCY = ("breached", "critical", "warning", "ok", "paused")
MINUTE = timedelta(minutes=1)


def example(admin: Client) -> Request:
    return Request("GET", STATUS)


def test_the_worst_come_first_and_every_state_is_counted(owner: Client, admin: Client, database: Database) -> None:
    """Each state is what the ticket itself says, whatever has happened to it."""
    alone(database)
    chance, made = random.Random(7), []
    for _ in range(30):
        ticket = open_ticket(owner, priority=chance.choice(("low", "medium", "high", "urgent")))
        for step in chance.sample((say_staff, say_owner, resolve, wait, wait, wait), k=4):
            step(owner, admin, ticket, database, chance)
        made.append(ticket)
    current = [seen(owner, ticket) for ticket in made]
    running = {ticket["id"]: ticket for ticket in current if ticket["status"] not in ("resolved", "closed")}
    found = admin.get(STATUS, limit=100).json
    assert {item["id"]: item["state"] for item in found["items"]} == {
        id: ticket["sla"]["state"] for id, ticket in running.items()
    }
    states = [item["state"] for item in found["items"]]
    assert states == sorted(states, key=URGENCY.index)
    assert found["counts"] == {state: states.count(state) for state in URGENCY}
    assert min(found["counts"].values()) > 0, "the chance has made some of each"
    for state in URGENCY:
        dues = [item["due"] for item in found["items"] if item["state"] == state]
        assert dues == sorted(dues) if state != "paused" else not any(dues)
    for item in found["items"]:
        ticket = running[item["id"]]
        assert (item["breached"], item["level"]) == (ticket["sla"]["breached"], ticket["sla"]["level"])


def say_staff(owner: Client, admin: Client, ticket: dict[str, Any], *_: object) -> None:
    say(admin, ticket)


def say_owner(owner: Client, admin: Client, ticket: dict[str, Any], *_: object) -> None:
    say(owner, ticket)


def resolve(owner: Client, admin: Client, ticket: dict[str, Any], *_: object) -> None:
    change(admin, ticket, status="resolved")


def wait(owner: Client, admin: Client, ticket: dict[str, Any], database: Database, chance: random.Random) -> None:
    let_pass(database, ticket, chance.choice((5, 12, 14, 47, 200)) * MINUTE)


def alone(database: Database) -> None:
    """No ticket of another test runs."""
    database.run("update support_tickets set closed_at = created_at, status = 'closed' where closed_at is null")


def test_page_by_page_and_by_state_and_agent(owner: Client, admin: Client, database: Database) -> None:
    alone(database)
    made = [open_ticket(owner) for _ in range(3)]
    late = open_ticket(owner, priority="urgent")
    let_pass(database, late, 20 * MINUTE)
    me = admin.account["admin"]["id"]
    change(admin, made[1], assigned_to=me)
    first = admin.get(STATUS, limit=3).json
    second = admin.get(STATUS, limit=3, page=first["next_page"]).json
    assert [item["id"] for item in (*first["items"], *second["items"])] == [late["id"], *(one["id"] for one in made)]
    assert second["next_page"] is None
    for answer, ids in (
        (admin.get(STATUS, state="breached"), [late["id"]]),
        (admin.get(STATUS, state="paused"), []),
        (admin.get(STATUS, assigned_to=me), [made[1]["id"]]),
    ):
        assert [item["id"] for item in answer.json["items"]] == ids
        assert (answer.json["counts"]["breached"], answer.json["counts"]["ok"]) == (1, 3), "of everything"


def test_an_admin_sees_what_is_his_and_the_queue_and_who_only_looks_what_others_have(
    owner: Client, admin: Client, database: Database
) -> None:
    alone(database)
    staff, viewer = new_admin(database, "support_staff"), new_admin(database, "support_viewer")
    queued, taken = open_ticket(owner), open_ticket(owner)
    change(admin, taken, assigned_to=admin.account["admin"]["id"])
    assert [item["id"] for item in staff.get(STATUS).json["items"]] == [queued["id"]]
    assert staff.get(STATUS).json["counts"]["ok"] == 1
    watched = viewer.get(STATUS).json
    assert ([item["id"] for item in watched["items"]], watched["counts"]["ok"]) == ([taken["id"]], 1)
