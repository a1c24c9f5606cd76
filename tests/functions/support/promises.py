"""Calendars and rules for the tests of this domain, and what follows from a change of them."""

import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.functions.support.desk import behind
from tests.support import lambdas
from tests.support.client import Answer, Client, Request
from tests.support.database import Database

CALENDARS, RULES = "/api/support/calendars", "/api/support/sla-rules"
OFFICE = {
    day: [{"opens": "09:00", "closes": "17:00"}] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
}
ALONE = {"priority": "low", "category": "data_export"}  # of which no other test has tickets
HOUR = {"first_response": 60, "resolution": 600, "escalate_after": 300}


def calendar(**fields: object) -> dict[str, Any]:
    """What is sent to make one."""
    return {"name": f"Office {uuid.uuid4().hex}", "time_zone": "UTC", "hours": OFFICE, **fields}


def add_calendar(admin: Client, **fields: object) -> dict[str, Any]:
    answer = admin.post(CALENDARS, calendar(**fields))
    assert answer.status == 201, answer.body
    return dict(answer.json)


def replace_calendar(admin: Client, id: str, **fields: object) -> Answer:
    return admin.send(Request("PUT", f"{CALENDARS}/{id}", calendar(**fields)))


def make_room(admin: Client) -> None:
    """There is no rule: a priority and category have one at most."""
    behind(admin).run("delete from sla_rules")


def add_rule(admin: Client, **fields: object) -> dict[str, Any]:
    """The only rule."""
    make_room(admin)
    answer = admin.post(RULES, ALONE | HOUR | fields)
    assert answer.status == 201, answer.body
    return dict(answer.json)


def move_clock(offset: Path, to: str) -> None:
    """`offset` is the file that CLOCK_OFFSET_FILE names; what is signed in may no longer be."""
    offset.write_text(str((datetime.fromisoformat(to).replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds()))


def follow(database: Database) -> int:
    """Let open tickets follow what is promised now; how many slices that took."""
    slices = 0
    while found := database.run(
        "select id::text, event from outbox where name = 'SlaChanged'"
        " and id not in (select event_id from inbox where consumer = 'on_sla_changed') order by id"
    ):
        for id, event in found:
            answer = deliver(str(id), event)
            assert answer == {"batchItemFailures": []}
            slices += 1
    return slices


def deliver(id: str, event: object) -> object:
    """As the queue hands it to the consumer."""
    body = json.dumps({"detail": {"id": id, "tenant_id": None, "event": event}})
    records = {"Records": [{"messageId": id, "body": body}]}
    return lambdas.spec("support", "on_sla_changed").handle(records, lambdas.Context())


def sweep() -> int:
    """How many tickets something was told of."""
    done: int = lambdas.spec("support", "job_sweep_sla").handle({}, lambdas.Context())["done"]
    return done


def told(database: Database, ticket: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    """The events of these names about a ticket, each with its `name`, in the order of their moments."""
    found = database.run(
        "select event || jsonb_build_object('name', name) from outbox"
        " where event->>'ticket_id' = :id and name = any (:names)"
        " order by created_at, coalesce(event->>'at', event->>'due'), name",
        id=ticket["id"], names=list(names or ("SlaWarning", "SlaBreached", "TicketEscalated")),
    )  # fmt: skip
    return [dict(event) for [event] in found]  # type: ignore[call-overload]
