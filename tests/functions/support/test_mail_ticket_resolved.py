"""functions/support/mail_ticket_resolved.py, and the mail as it arrives."""

import json
from collections.abc import Iterator

import pytest

from shared.entry import wiring
from tests.functions.members.people import verified
from tests.functions.support.desk import open_ticket, resolved, seen, survey_token
from tests.functions.support.mails import address, deliver, templates
from tests.functions.support.wishes import choose, wishes
from tests.support import lambdas
from tests.support.client import Client
from tests.support.database import Database
from tests.support.doubles import MailServer, mail_server


@pytest.fixture
def mails(database: Database) -> Iterator[MailServer]:
    with mail_server() as (caught, server), pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAIL_SMTP", server)
        wiring.mailer.cache_clear()
        yield caught
    wiring.mailer.cache_clear()


def send(database: Database, to: Client) -> None:
    rows = database.run(
        "select id::text, tenant_id::text, event from outbox where name = 'MailRequested' and event->>'to' = :to"
        " and event->>'template' like 'TICKET_%'",
        to=address(to),
    )
    for id, tenant, event in rows:
        body = json.dumps({"detail": {"id": id, "tenant_id": tenant, "event": event}})
        records = {"Records": [{"messageId": "one", "body": body}]}
        assert not lambdas.spec("platform", "on_mail_requested").handle(records, lambdas.Context())["batchItemFailures"]


def test_the_mail_has_the_link_to_rate_and_by_one_click_no_more_of_them(
    owner: Client, admin: Client, database: Database, mails: MailServer
) -> None:
    ticket = open_ticket(verified(owner))
    resolved(admin, ticket)
    deliver(database, "mail_ticket_resolved", ticket, "TicketResolved", times=3)
    assert templates(database, ticket) == ["TICKET_ENDED"]
    send(database, owner)
    [mail] = mails.mails
    assert (mail["to"], mail["subject"]) == (address(owner), f"{ticket['number']} is resolved")
    text = mail.get_content()
    assert text.count("http") == 1, "one link at the most"
    assert f"/support/rating?token={survey_token(database, ticket)}" in text
    assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    link = str(mail["list-unsubscribe"])
    assert Client().post(link[link.index("/api/") : -1]).status == 200
    assert not wishes(owner)["ticket_resolved"]
    token = survey_token(database, ticket)
    assert Client().post(f"/api/public/ratings/{token}", {"rating": 4}).status == 200
    assert seen(owner, ticket)["rating"] == 4


def test_what_has_no_other_link_says_in_its_text_how_to_get_no_more(
    owner: Client, database: Database, mails: MailServer
) -> None:
    ticket = open_ticket(verified(owner))
    deliver(database, "mail_ticket_created", ticket, "TicketCreated")
    send(database, owner)
    [mail] = mails.mails
    text = mail.get_content()
    assert text.count("http") == 1
    assert str(mail["list-unsubscribe"]).strip("<>") in text


def test_who_wants_no_such_mails_gets_none(owner: Client, admin: Client, database: Database) -> None:
    choose(owner, {"ticket_resolved": {"email": False}})
    ticket = open_ticket(verified(owner))
    resolved(admin, ticket)
    deliver(database, "mail_ticket_resolved", ticket, "TicketResolved")
    assert templates(database, ticket) == []
