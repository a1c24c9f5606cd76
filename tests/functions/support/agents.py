"""Agents for the tests of this domain, and what is assigned to them."""

import json
from typing import Any

from tests.functions.support.desk import behind, superior
from tests.support import lambdas
from tests.support.admins import new_admin
from tests.support.client import Answer, Client, Request
from tests.support.database import Database

AGENTS = "/api/support/agents"
RULES = "/api/support/assignment-rules"


def id_of(agent: Client) -> str:
    return str(agent.account["admin"]["id"])


def add(admin: Client, agent: Client, **fields: object) -> Answer:
    return admin.post(AGENTS, {"admin_id": id_of(agent), **fields})


def new_agent(admin: Client, role: str = "support_staff", **fields: object) -> Client:
    """Somebody new, online unless told."""
    agent = new_admin(behind(admin), role, admin.transport)
    answer = add(superior(admin), agent, **{"state": "online", **fields})
    assert answer.status == 201, answer.body
    return agent


def found(admin: Client, agent: Client) -> dict[str, Any] | None:
    """The agent in the list."""
    return next((item for item in admin.get(AGENTS, limit=100).json["items"] if item["id"] == id_of(agent)), None)


def rule(admin: Client, strategy: str = "hybrid", **by_category: str) -> Answer:
    return admin.send(Request("PUT", RULES, {"strategy": strategy, "by_category": by_category}))


def empty_desk(database: Database) -> None:
    """Nobody is online, and nothing waits or is about to be taken from anybody, of what other tests have left."""
    database.run("update support_agents set state = 'offline'")
    database.run("update support_tickets set assigned_to = gen_random_uuid() where assigned_to is null")
    database.run("update support_tickets set returns_at = null")
    database.run("delete from support_assignment_rules where category <> '*'")
    database.run("update support_assignment_rules set strategy = 'hybrid', turn = null")


def run(stem: str) -> int:
    """A job of this domain, to its end: how much it has done."""
    done: int = lambdas.spec("support", stem).handle({}, lambdas.Context())["done"]
    return done


def deliver(database: Database, ticket: dict[str, Any]) -> None:
    """The ticket's first event, as the queue brings it."""
    [[id, tenant, event]] = database.run(
        "select id, tenant_id, event from outbox where name = 'TicketCreated' and event->>'ticket_id' = :id",
        id=ticket["id"],
    )
    body = json.dumps({"detail": {"id": str(id), "tenant_id": str(tenant), "event": event}})
    consumer = lambdas.spec("support", "on_ticket_created")
    batch = {"Records": [{"messageId": "test", "body": body}]}
    assert consumer.handle(batch, lambdas.Context()) == {"batchItemFailures": []}
