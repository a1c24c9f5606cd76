"""The secrets of mailed links, made from the database behind a client as the mailer makes them."""

from uuid import UUID

from shared.core import keyed
from tests.support.client import Client, Transport
from tests.support.database import Database

behind: dict[Transport, Database] = {}  # filled by the fixtures


def secret(client: Client, template: str, to: str | None = None) -> str:
    """Of the newest mail of this template to somebody, the client himself unless told."""
    found = behind[client.transport].run(
        "select event->'link'->>'id' from outbox where event->>'to' = :to and event->>'template' = :template"
        " order by created_at desc, id desc limit 1",
        to=to or client.account["user"]["email"], template=template,
    )  # fmt: skip
    assert found, f"no {template} was asked for"
    return keyed.link_secret(UUID(str(found[0][0])))
