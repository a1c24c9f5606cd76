"""POST /api/support/agents."""

import uuid

import pytest

from tests.functions.support.agents import AGENTS, add, found, id_of
from tests.functions.support.desk import behind
from tests.support.admins import new_admin
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    agent = new_admin(behind(admin), "support_staff", admin.transport)
    return Request("POST", AGENTS, {"admin_id": id_of(agent), "expertise": ["billing"]})


def test_an_agent_begins_offline_with_room_for_twenty(admin: Client) -> None:
    answer = admin.send(example(admin))
    agent = answer.json
    assert answer.status == 201
    assert (agent["state"], agent["expertise"], agent["capacity"], agent["open_tickets"]) == (
        "offline", ["billing"], 20, 0
    )  # fmt: skip
    assert (agent["full_name"], agent["role"], agent["last_assigned_at"]) == ("Nikhil Rao", "support_staff", None)


def test_as_it_was_said(owner: Client, admin: Client, database: Database) -> None:
    agent, home = new_admin(database, "support_staff"), owner.account["tenant"]["id"]
    given = {"state": "busy", "capacity": 5, "home_tenant_id": home}
    answer = add(admin, agent, expertise=["security", "billing", "security"], **given)
    assert answer.status == 201
    assert found(admin, agent) == answer.json
    assert {name: answer.json[name] for name in given} == given
    assert answer.json["expertise"] == ["security", "billing"]


@pytest.mark.parametrize("role", ["support_viewer", "marketing_staff", "nobody", "disabled"])
def test_an_agent_is_who_works_on_tickets(admin: Client, database: Database, role: str) -> None:
    agent = {"admin_id": str(uuid.uuid4())}
    if role != "nobody":
        agent["admin_id"] = id_of(new_admin(database, "support_staff" if role == "disabled" else role))
    if role == "disabled":
        database.run("update admins set disabled_at = now() where id = :id", id=agent["admin_id"])
    refused = admin.post(AGENTS, agent)
    assert (refused.status, refused.json["type"]) == (404, "/problems/agent-not-found")
    assert refused.json["errors"][0]["pointer"] == "#/admin_id"


def test_who_was_granted_the_permission_works_on_tickets(admin: Client, database: Database) -> None:
    viewer = new_admin(database, "support_viewer")
    database.run("update admins set granted = '{resolve_ticket}' where id = :id", id=id_of(viewer))
    assert add(admin, viewer).status == 201


def test_nobody_is_an_agent_twice(admin: Client) -> None:
    assert add(admin, admin).status == 201
    refused = add(admin, admin)
    assert (refused.status, refused.json["type"]) == (409, "/problems/agent-exists")


@pytest.mark.parametrize(
    ("field", "value"),
    [("capacity", 0), ("capacity", 1001), ("state", "asleep"), ("expertise", ["cooking"]), ("admin_id", "me")],
)
def test_bad_input_is_pointed_at(admin: Client, field: str, value: object) -> None:
    refused = add(admin, admin, **{field: value})
    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"].startswith(f"#/{field}")


def test_a_home_is_a_tenant(admin: Client) -> None:
    refused = add(admin, admin, home_tenant_id=str(uuid.uuid4()))
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "#/home_tenant_id")
