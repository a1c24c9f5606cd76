"""POST /api/support/tickets/{id}/notes."""

from tests.functions.support.desk import open_ticket, path, say, seen
from tests.functions.tenancy.archives import exported, opened, store
from tests.support.admins import new_admin
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", path(open_ticket(sign_up(admin.transport)), "/notes"), {"note": "He has called before."})


def test_it_is_a_message_that_users_do_not_see(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    noted = admin.post(path(ticket, "/notes"), {"note": "He has called before."})
    assert (noted.status, noted.json["is_internal"], noted.json["sender_name"]) == (201, True, "Nikhil Rao")
    assert [message["id"] for message in seen(admin, ticket)["messages"]] == [noted.json["id"]]
    assert seen(owner, ticket)["messages"] == []
    assert owner.post(path(ticket, "/notes"), {"note": "Me too."}).status == 403


def test_a_viewer_writes_none(owner: Client, database: Database) -> None:
    refused = new_admin(database, "support_viewer").post(path(open_ticket(owner), "/notes"), {"note": "Seen."})
    assert (refused.status, refused.json["permission"]) == (403, "add_ticket_note")


def test_no_archive_of_the_tenant_holds_one(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    say(owner, ticket, "Is anybody there?")
    say(admin, ticket, "Who else has called?", is_internal=True)
    with store():
        archive = opened(owner.get(f"/api/tenant/export/{exported(owner)}").json["download_url"])
        messages = archive.read("support_messages.jsonl").decode()
    assert "Is anybody there?" in messages
    assert "Who else has called?" not in messages
    assert '"words"' not in messages, "what is looked for by is no data of theirs"
