"""PATCH /api/support/agents/{id}."""

import uuid

import pytest

from tests.functions.support.agents import AGENTS, add, found, id_of, new_agent
from tests.functions.support.desk import superior
from tests.support.client import Answer, Client, Request
from tests.support.database import Database

OWN = True


def example(admin: Client) -> Request:
    """One's own state."""
    add(superior(admin), admin)
    return Request("PATCH", f"{AGENTS}/{id_of(admin)}", {"state": "away"})


def change(admin: Client, agent: Client, **fields: object) -> Answer:
    return admin.patch(f"{AGENTS}/{id_of(agent)}", fields)


@pytest.mark.parametrize("state", ["online", "away", "busy", "offline"])
def test_an_agent_says_himself_whether_he_is_there(admin: Client, state: str) -> None:
    agent = new_agent(admin, state="offline")
    answer = change(agent, agent, state=state)
    assert (answer.status, answer.json["state"]) == (200, state)


@pytest.mark.parametrize("fields", [{"capacity": 1}, {"state": "online", "expertise": []}, {"home_tenant_id": None}])
def test_but_not_how_much_he_takes(admin: Client, fields: dict[str, object]) -> None:
    agent = new_agent(admin, state="offline")
    refused = change(agent, agent, **fields)
    assert (refused.status, refused.json["permission"]) == (403, "manage_settings")


def test_nor_whether_another_is_there(admin: Client) -> None:
    agent, other = new_agent(admin, state="offline"), new_agent(admin, state="offline")
    refused = change(agent, other, state="online")
    assert (refused.status, refused.json["permission"]) == (403, "manage_settings")


def test_only_what_is_given_is_changed(owner: Client, admin: Client) -> None:
    home = owner.account["tenant"]["id"]
    agent = new_agent(admin, expertise=["billing"], capacity=5, home_tenant_id=home, state="busy")
    before = found(admin, agent)
    assert before
    for fields in ({"capacity": 7}, {"expertise": ["security"]}, {"state": "away"}, {"home_tenant_id": None}, {}):
        answer = change(admin, agent, **fields)
        assert answer.status == 200, answer.body
        before = before | fields | {"updated_at": answer.json["updated_at"]}
        assert answer.json == before == found(admin, agent)


def test_nothing_is_cleared_but_the_home(admin: Client) -> None:
    agent = new_agent(admin, state="offline")
    for name in ("state", "capacity", "expertise"):
        refused = change(admin, agent, **{name: None})
        assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, f"#/{name}")
    refused = change(admin, agent, home_tenant_id=str(uuid.uuid4()))
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "#/home_tenant_id")


def test_who_is_no_agent_is_not_found(admin: Client, database: Database) -> None:
    assert change(admin, admin, state="online").json["type"] == "/problems/agent-not-found"
    agent = new_agent(admin, state="offline")
    database.run("update admins set disabled_at = now() where id = :id", id=id_of(agent))
    assert change(admin, agent, state="online").status == 404
