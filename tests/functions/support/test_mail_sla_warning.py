"""functions/support/mail_sla_warning.py."""

import pytest

from tests.functions.support.desk import open_ticket, path
from tests.functions.support.mails import asked, hear, templates
from tests.support.admins import new_admin
from tests.support.client import Client
from tests.support.database import Database


def warned(ticket: dict[str, object], state: str, id: str = "") -> None:
    of = {"ticket_id": ticket["id"], "number": ticket["number"]}
    event = {**of, "cause": "first_response", "state": state, "due": "2026-11-20T12:00:00Z"}
    hear("mail_sla_warning", ticket["tenant_id"], event, id)


@pytest.mark.parametrize(("state", "share"), [("warning", "a quarter"), ("critical", "a tenth")])
def test_who_has_the_ticket_is_warned_once(
    owner: Client, admin: Client, database: Database, state: str, share: str
) -> None:
    agent, ticket = new_admin(database, "support_staff"), open_ticket(owner)
    assert admin.post(path(ticket, "/assign"), {"agent_id": agent.account["admin"]["id"]}).status == 200
    for _ in range(3):
        warned(ticket, state, str(ticket["id"]))
    [mail] = asked(database, ticket)
    assert mail.to == agent.account["admin"]["email"]
    assert mail.template == "TICKET_DUE_SOON"
    said = mail.values
    assert (said["promise"], said["share"], said["due"]) == ("first answer", share, "20 November 2026, 12:00 UTC")


def test_of_what_nobody_has_the_desk_is_warned_and_never_the_user(owner: Client, database: Database) -> None:
    agent, ticket = new_admin(database, "support_staff"), open_ticket(owner)
    warned(ticket, "warning")
    assert templates(database, ticket, agent) == ["TICKET_DUE_SOON"]
    assert templates(database, ticket, owner) == []
