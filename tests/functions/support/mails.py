"""What the consumers of this domain's events hear, and the mails they ask for."""

import json
import uuid
from typing import Any, NamedTuple

from tests.support import lambdas
from tests.support.client import Client
from tests.support.database import Database


class Asked(NamedTuple):
    template: str
    to: str
    values: dict[str, str]
    link: dict[str, str] | None
    unsubscribe: dict[str, str] | None


def deliver(database: Database, stem: str, ticket: dict[str, Any], name: str, *, times: int = 1) -> None:
    """Hand a consumer every event of this name about the ticket, from the outbox as SQS does."""
    rows = database.run(
        "select id::text, tenant_id::text, event from outbox where name = :name and event->>'ticket_id' = :id"
        " order by created_at, id",
        name=name, id=ticket["id"],
    )  # fmt: skip
    assert rows, f"no {name} was told"
    for id, tenant, event in rows * times:
        hear(stem, tenant, event, str(id))


def hear(stem: str, tenant: object, event: object, id: str = "") -> None:
    detail = {"id": id or str(uuid.uuid4()), "tenant_id": tenant, "event": event}
    record = {"messageId": "one", "body": json.dumps({"detail": detail})}
    assert lambdas.spec("support", stem).handle({"Records": [record]}, lambdas.Context()) == {"batchItemFailures": []}


def asked(database: Database, ticket: dict[str, Any], to: Client | None = None) -> list[Asked]:
    """The mails about a ticket, to somebody or to all, oldest first."""
    found = database.run(
        "select event from outbox where name = 'MailRequested' and tenant_id = :tenant"
        " and event->'values'->>'number' = :number order by created_at, id",
        tenant=ticket["tenant_id"], number=ticket["number"],
    )  # fmt: skip
    mails = [Asked(*(row[0][field] for field in Asked._fields)) for row in found]  # type: ignore[index]
    return [mail for mail in mails if to is None or mail.to == address(to)]


def templates(database: Database, ticket: dict[str, Any], to: Client | None = None) -> list[str]:
    return [mail.template for mail in asked(database, ticket, to)]


def address(client: Client) -> str:
    """Of a user or an admin."""
    return str(next(client.account[kind] for kind in ("user", "admin") if kind in client.account)["email"])
