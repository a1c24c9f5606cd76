"""GET /api/support/analytics/agents."""

from datetime import UTC, datetime

import pytest

from shared.core import clock
from shared.domains.support.schemas.analytics import AgentAnalytics
from tests.functions.support import figures
from tests.functions.support.figures import by, counts, ended_at, every_promise, promise, share, stored
from tests.functions.support.test_get_support_analytics import INDIA, assert_about
from tests.support.admins import new_admin
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

PATH = "/api/support/analytics/agents"


def example(admin: Client) -> Request:
    return Request("GET", PATH)


def agent(database: Database, name: str, *, place: bool = True) -> Client:
    """One of support's staff, with a place at the desk or without."""
    made = new_admin(database, "support_staff")
    id = made.account["admin"]["id"]
    database.run("update admins set full_name = :name where id = :id", name=name, id=id)
    if place:
        database.run(
            "insert into support_agents (admin_id, state, expertise, capacity, created_at, updated_at)"
            " select id, 'online', '{}', 20, created_at, created_at from admins where id = :id",
            id=id,
        )
    return made


def test_the_documented_example_is_what_its_tickets_come_to(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: figures.NOW)
    owner, admin = sign_up(), new_admin(database)
    agents = agent(database, "Asha Patil"), agent(database, "Ravi Kumar", place=False)
    ids = [each.account["admin"]["id"] for each in agents]
    known = figures.example_of(AgentAnalytics)
    tenant = owner.account["tenant"]["id"]
    query = {"from": known["first_day"], "to": known["last_day"], "time_zone": INDIA, "tenant_id": tenant}
    with stored(database, figures.documented(owner, *ids)):
        answer = admin.get(PATH, **query)
    mine = [each for each in answer.json["agents"] if each["agent_id"] in ids]
    wanted = [each | {"agent_id": id} for each, id in zip(known["agents"], ids, strict=True)]
    assert answer.json | {"agents": mine} == known | {"tenant_id": tenant, "agents": wanted}


def test_it_agrees_with_a_hand_count(owner: Client, admin: Client, database: Database) -> None:
    now = datetime.now(UTC)
    agents = [agent(database, "Asha Patil"), agent(database, "Meera Shah"), agent(database, "Ravi Kumar", place=False)]
    ids = [each.account["admin"]["id"] for each in agents]
    tickets = figures.generated(owner, ids[::2], now)
    with stored(database, tickets):
        everyone = admin.get(PATH, tenant_id=owner.account["tenant"]["id"]).json["agents"]
    theirs = by(tickets, lambda each: each.assigned_to)
    found = [each for each in everyone if each["agent_id"] in ids]
    assert [(each["full_name"], each["state"], each["capacity"]) for each in found] == [
        ("Asha Patil", "online", 20), ("Meera Shah", "online", 20), ("Ravi Kumar", None, None),
    ]  # fmt: skip
    for each in found:
        mine = theirs.get(each["agent_id"], [])
        has = sum(not ended_at(ticket) for ticket in mine)
        resolved = sum(ticket.resolved_at is not None for ticket in mine)
        wanted = counts(mine) | {
            "open_tickets": has, "load": share(has, 20) if each["capacity"] else None,
            "resolution_rate": share(resolved, len(mine)),
            "every_promise": promise([every_promise(ticket, now) for ticket in mine]),
        }  # fmt: skip
        assert_about(each, each | wanted)
    assert found[1]["tickets"] == 0 < min(found[0]["tickets"], found[2]["tickets"])


def test_an_agent_sees_his_own_figures_alone(owner: Client, database: Database) -> None:
    asha, ravi = agent(database, "Asha Patil"), agent(database, "Ravi Kumar")
    id = asha.account["admin"]["id"]
    other = sign_up()
    tickets = [figures.ticket(tenant, datetime.now(UTC), assigned_to=id) for tenant in (owner, owner, other)]
    with stored(database, tickets):
        [mine] = asha.get(PATH, tenant_id=other.account["tenant"]["id"]).json["agents"]
        [nothing] = ravi.get(PATH).json["agents"]
    assert (mine["agent_id"], mine["tickets"], mine["open_tickets"]) == (id, 1, 3), "the load is that of all tenants"
    assert (nothing["tickets"], nothing["open_tickets"], nothing["resolution_rate"]) == (0, 0, None)


def test_who_has_nothing_to_do_with_tickets_has_no_figures(database: Database) -> None:
    assert new_admin(database, "marketing_staff").get(PATH).json["agents"] == []
    refused = new_admin(database, "finance_admin").get(PATH)
    assert (refused.status, refused.json["permission"]) == (403, "view_own_metrics")
    refused = new_admin(database, "support_staff").get("/api/support/analytics/sla")
    assert (refused.status, refused.json["permission"]) == (403, "view_ticket_analytics")
