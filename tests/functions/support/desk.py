"""Tickets for the tests of this domain, what is said in them, and what becomes of them."""

import uuid
from datetime import timedelta
from typing import Any

from shared.core import keyed
from tests.support import mailed
from tests.support.admins import new_admin
from tests.support.client import Answer, Client, sign_up
from tests.support.database import Database

TICKETS = "/api/support/tickets"
QUESTION = {"subject": "The price of five ply", "description": "A box of five ply costs as much as one of three."}
MOMENTS = (
    "created_at", "first_response_at", "next_response_since", "silent_since", "resolved_at", "closes_at", "returns_at",
    "first_response_warning_at", "first_response_critical_at", "first_response_due", "next_response_warning_at",
    "next_response_critical_at", "next_response_due", "resolution_warning_at", "resolution_critical_at",
    "resolution_due", "slow_due", "sweep_at",
)  # fmt: skip


def behind(client: Client) -> Database:
    return mailed.behind[client.transport]


def open_ticket(client: Client, **fields: object) -> dict[str, Any]:
    answer = client.post(TICKETS, QUESTION | fields)
    assert answer.status == 201, answer.body
    return dict(answer.json)


def ticket_for(client: Client) -> dict[str, Any]:
    """A new ticket that the caller may work with: a user's own, or one of somebody that an admin is to handle."""
    if "user" in client.account:
        return open_ticket(client)
    ticket = open_ticket(sign_up(client.transport))
    behind(client).run(
        "update support_tickets set assigned_to = cast(:admin as uuid), assigned_at = created_at where id = :id",
        admin=client.account["admin"]["id"], id=ticket["id"],
    )  # fmt: skip
    return ticket


def path(ticket: dict[str, Any], rest: str = "") -> str:
    return f"{TICKETS}/{ticket['id']}{rest}"


def seen(client: Client, ticket: dict[str, Any]) -> dict[str, Any]:
    """The ticket as somebody sees it now."""
    answer = client.get(path(ticket))
    assert answer.status == 200, answer.body
    return dict(answer.json)


def say(client: Client, ticket: dict[str, Any], message: str = "Here is more.", **fields: object) -> Answer:
    return client.post(path(ticket, "/messages"), {"message": message, **fields})


def change(admin: Client, ticket: dict[str, Any], **fields: object) -> Answer:
    return admin.patch(path(ticket), fields)


def resolved(admin: Client, ticket: dict[str, Any]) -> dict[str, Any]:
    answer = change(admin, ticket, status="resolved")
    assert answer.status == 200, answer.body
    return dict(answer.json)


def superior(client: Client) -> Client:
    """A super admin of the platform that a client is of."""
    return new_admin(behind(client), transport=client.transport)


def upload(client: Client, ticket: dict[str, Any]) -> str:
    """The id of a file that was uploaded for the ticket and is in no message yet."""
    id, by_staff = str(uuid.uuid4()), "admin" in client.account
    behind(client).run(
        "insert into support_attachments (id, tenant_id, ticket_id, uploaded_by, is_internal, filename, content_type,"
        " size, state, created_at) select cast(:id as uuid), tenant_id, id, cast(:by as uuid), :internal, 'box.png',"
        " 'image/png', 42, 'ready', created_at from support_tickets where id = :ticket",
        id=id, by=client.account["admin" if by_staff else "user"]["id"], internal=by_staff, ticket=ticket["id"],
    )  # fmt: skip
    return id


def let_pass(database: Database, ticket: dict[str, Any], time: timedelta) -> None:
    """As if everything of the ticket had happened so much earlier."""
    earlier = ", ".join(f"{name} = {name} - cast(:time as interval)" for name in MOMENTS)
    database.run(f"update support_tickets set {earlier} where id = :id", time=time, id=ticket["id"])
    database.run(
        "update support_pauses set starts = starts - cast(:time as interval), ends = ends - cast(:time as interval)"
        " where ticket_id = :id",
        time=time, id=ticket["id"],
    )  # fmt: skip


def told(database: Database, ticket: dict[str, Any]) -> list[str]:
    """The names of the events about a ticket, in the order of their moments."""
    found = database.run(
        "select name from outbox where event->>'ticket_id' = :id order by created_at, name", id=ticket["id"]
    )
    return [str(name) for [name] in found]


def survey_token(database: Database, ticket: dict[str, Any]) -> str:
    """Of the link in the newest mail that says the ticket has ended."""
    found = database.run(
        "select event->>'link_id' from outbox where event->>'ticket_id' = :id and event->>'link_id' is not null"
        " order by created_at desc limit 1",
        id=ticket["id"],
    )
    return keyed.link_secret(uuid.UUID(str(found[0][0])))
