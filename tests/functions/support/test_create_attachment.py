"""POST /api/support/tickets/{id}/attachments."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.domains.support.rules.attachments import MOST_UNNAMED
from tests.functions.support.desk import change, open_ticket, path, say, ticket_for
from tests.functions.support.files import Shelf, ask, put, store
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

OWN = True
LARGEST = 10 * 1024 * 1024


def example(caller: Client) -> Request:
    given = {"filename": "box.png", "content_type": "image/png", "size": 42}
    return Request("POST", path(ticket_for(caller), "/attachments"), given)


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    with store() as found:
        yield found


def test_the_link_is_signed_for_this_size_and_type_and_ends_soon(owner: Client, shelf: Shelf) -> None:
    answer = ask(owner, open_ticket(owner), size=LARGEST)
    assert answer.status == 201
    assert answer.json["headers"] == {"content-type": "image/png", "content-length": str(LARGEST)}
    query = parse_qs(urlsplit(answer.json["upload_url"]).query)
    assert query["X-Amz-SignedHeaders"] == ["content-length;content-type;host"]
    assert query["X-Amz-Expires"] == ["900"]


def test_what_is_put_there_waits_apart(owner: Client, shelf: Shelf) -> None:
    upload = ask(owner, open_ticket(owner)).json
    put(upload, b"x" * 42)
    mine = [key for key in shelf.keys if owner.account["tenant"]["id"] in key]
    assert mine == [f"uploads/{owner.account['tenant']['id']}/{upload['attachment_id']}"]


@pytest.mark.parametrize(
    ("filename", "content_type", "size", "pointer"),
    [
        ("box.png", "image/png", 0, "#/size"),
        ("box.png", "image/png", LARGEST + 1, "#/size"),
        ("box.png", "image/png", 42.5, "#/size"),
        ("box.svg", "image/svg+xml", 42, "#/content_type"),
        ("box.html", "text/html", 42, "#/content_type"),
        ("box.exe", "application/octet-stream", 42, "#/content_type"),
        ("box.svg", "image/png", 42, "#/filename"),
        ("box.png.exe", "image/png", 42, "#/filename"),
        ("png", "image/png", 42, "#/filename"),
        ("../box.png", "image/png", 42, "#/filename"),
        ("box\r\n.png", "image/png", 42, "#/filename"),
        ("\u202egnp.exe.png", "image/png", 42, "#/filename"),
        ("", "image/png", 42, "#/filename"),
        ("x" * 147 + ".png", "image/png", 42, "#/filename"),
    ],
)
def test_what_is_no_harmless_file_gets_no_link(
    owner: Client, filename: str, content_type: str, size: int, pointer: str
) -> None:
    answer = ask(owner, open_ticket(owner), filename, content_type, size)
    assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (422, [pointer])


def test_names_are_of_any_language_and_case(owner: Client) -> None:
    for filename in ("डिब्बा.png", "BOX.PNG", "a b (1).png"):
        assert ask(owner, open_ticket(owner), filename).status == 201


def test_only_who_sees_the_ticket_attaches_to_it(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    for stranger in (sign_up(), member(owner, "staff", database)):
        assert ask(stranger, ticket).json["type"] == "/problems/ticket-not-found"
    assert ask(admin, ticket).status == 201


def test_a_closed_ticket_takes_files_of_notes_alone(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    change(admin, ticket, status="closed")
    assert ask(owner, ticket).json["type"] == "/problems/ticket-is-closed"
    assert ask(admin, ticket).status == 201


def test_so_many_wait_for_a_message_that_names_them(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    made = [ask(owner, ticket).json["attachment_id"] for _ in range(MOST_UNNAMED)]
    other = open_ticket(owner)
    refused = ask(owner, other)
    assert (refused.status, refused.json["type"]) == (409, "/problems/too-many-unnamed-attachments")
    assert (refused.json["most"], refused.json["detail"][:14]) == (MOST_UNNAMED, "Post a message")
    colleague = member(owner, "staff", database)
    assert [ask(*who).status for who in ((colleague, open_ticket(colleague)), (admin, ticket))] == [201, 201]
    assert say(owner, ticket, attachment_ids=made[:2]).status == 201
    assert [ask(owner, other).status for _ in range(3)] == [201, 201, 409], "two were named"
    database.run("update support_attachments set state = 'refused' where id = :id", id=made[2])
    assert [ask(owner, other).status for _ in range(2)] == [201, 409], "one was refused"


def test_the_link_is_not_stored_to_be_repeated(owner: Client, database: Database) -> None:
    given = {"filename": "box.png", "content_type": "image/png", "size": 42}
    made = owner.post(path(open_ticket(owner), "/attachments"), given, idempotency_key="once")
    assert made.status == 201
    assert database.run("select from idempotency_keys where body like '%X-Amz-Signature%'") == []
