"""functions/support/job_announce_awaited_files.py."""

from collections.abc import Iterator

import pytest

from shared.domains.support.service import attachments
from tests.functions.support.desk import open_ticket
from tests.functions.support.files import PNG, Shelf, ask, put, seen, store
from tests.functions.support.mails import hear
from tests.support import lambdas
from tests.support.client import Client
from tests.support.database import Database


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    with store() as found:
        yield found


def announced(database: Database) -> list[str]:
    """The attachments that the job asks for now."""
    database.run("delete from outbox where name = 'FilesAwaited'")
    assert lambdas.spec("support", "job_announce_awaited_files").handle({}, lambdas.Context()) == {"done": 0}
    found = database.run("select event->'attachment_ids' from outbox where name = 'FilesAwaited'")
    return [id for [ids] in found for id in ids]


def test_what_was_asked_for_and_not_judged_is_looked_for(owner: Client, shelf: Shelf, database: Database) -> None:
    made = ask(owner, open_ticket(owner)).json["attachment_id"]
    assert made in announced(database)
    database.run("update support_attachments set state = 'ready' where id = :id", id=made)
    assert made not in announced(database)


def test_many_that_never_come_hold_up_no_others(
    owner: Client, shelf: Shelf, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "AWAITED_AT_ONCE", 2)
    ticket = open_ticket(owner)
    made = {ask(owner, ticket).json["attachment_id"] for _ in range(5)}
    assert made <= set(announced(database))
    found = database.run("select jsonb_array_length(event->'attachment_ids') from outbox where name = 'FilesAwaited'")
    assert max(count for [count] in found) == 2


def test_what_can_no_longer_be_uploaded_is_not(owner: Client, shelf: Shelf, database: Database) -> None:
    made = ask(owner, open_ticket(owner)).json["attachment_id"]
    database.run("update support_attachments set created_at = now() - interval '20 minutes' where id = :id", id=made)
    assert made not in announced(database)


def test_a_file_is_ready_without_any_message(owner: Client, shelf: Shelf, database: Database) -> None:
    ticket = open_ticket(owner)
    made = ask(owner, ticket).json
    put(made, PNG)
    announced(database)
    [[id, event]] = database.run("select id, event from outbox where name = 'FilesAwaited'")
    hear("judge_uploaded_files", None, event, str(id))
    assert seen(owner, ticket, made["attachment_id"])["state"] == "ready"
