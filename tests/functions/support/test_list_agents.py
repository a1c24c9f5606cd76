"""GET /api/support/agents."""

import pytest

from tests.functions.support.agents import AGENTS, found, id_of, new_agent
from tests.functions.support.desk import change, open_ticket, resolved
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    new_agent(admin, state="offline")
    return Request("GET", AGENTS)


def test_newest_first_page_by_page(admin: Client) -> None:
    new = [id_of(new_agent(admin, state="offline")) for _ in range(3)]
    first = admin.get(AGENTS, limit=2).json
    second = admin.get(AGENTS, limit=2, cursor=first["next_cursor"]).json
    assert [agent["id"] for agent in first["items"] + second["items"]][:3] == new[::-1]


def test_a_load_is_what_has_not_ended(owner: Client, admin: Client) -> None:
    agent = new_agent(admin, state="offline")
    tickets = [open_ticket(owner) for _ in range(3)]
    for ticket in tickets:
        assert change(admin, ticket, assigned_to=id_of(agent)).status == 200
    resolved(admin, tickets[0])
    shown = found(admin, agent)
    assert shown and shown["open_tickets"] == 2


@pytest.mark.parametrize("change", ["disabled_at = now()", "role = 'support_viewer'"])
def test_who_no_longer_works_on_tickets_is_no_agent(admin: Client, database: Database, change: str) -> None:
    agent = new_agent(admin, state="offline")
    database.run(f"update admins set {change} where id = :id", id=id_of(agent))
    assert found(admin, agent) is None
    database.run("update admins set disabled_at = null, role = 'support_staff' where id = :id", id=id_of(agent))
    assert found(admin, agent)
