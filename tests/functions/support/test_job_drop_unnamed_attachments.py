"""functions/support/job_drop_unnamed_attachments.py."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.stub import ANY, Stubber

from shared.core import db
from shared.core.db import Scope
from shared.domains.support.queries import attachments as queries
from shared.domains.support.service import attachments
from shared.entry import wiring
from tests.functions.support.desk import open_ticket, path, say
from tests.functions.support.files import PNG, Shelf, ask, attach, put, store
from tests.functions.support.mails import hear
from tests.support import lambdas
from tests.support.client import Client
from tests.support.database import Database, superuser


@pytest.fixture
def shelf(database: Database) -> Iterator[Shelf]:
    with store() as found:
        drop()  # what other tests have left
        yield found


def drop() -> int:
    done: int = lambdas.spec("support", "job_drop_unnamed_attachments").handle({}, lambdas.Context())["done"]
    return done


def uploaded(owner: Client, ticket: dict[str, Any], content: bytes = PNG) -> str:
    """The id of a file that is judged and that no message names."""
    made = ask(owner, ticket).json
    put(made, content)
    hear("judge_uploaded_files", None, {"attachment_ids": [made["attachment_id"]]})
    return str(made["attachment_id"])


def age(database: Database, *ids: str, by: str = "25 hours 1 minute") -> None:
    for id in ids:
        older = "update support_attachments set created_at = created_at - cast(:by as interval) where id = :id"
        database.run(older, by=by, id=id)


def kept(shelf: Shelf) -> set[str]:
    return {key.rpartition("/")[2] for key in shelf.keys if key.startswith("files/")}


def known(database: Database, owner: Client) -> set[str]:
    rows = "select id::text from support_attachments where tenant_id = :tenant"
    return {str(id) for [id] in database.run(rows, tenant=owner.account["tenant"]["id"])}


def test_the_old_go_with_their_files_and_the_young_and_the_named_stay(
    owner: Client, shelf: Shelf, database: Database
) -> None:
    ticket = open_ticket(owner)
    old, young, late = (uploaded(owner, ticket) for _ in range(3))
    refused, absent = uploaded(owner, ticket, b"MZ" + PNG[2:]), ask(owner, ticket).json["attachment_id"]
    named = attach(owner, ticket)["id"]
    age(database, old, refused, absent, named)
    age(database, late, by="24 hours 59 minutes")
    assert kept(shelf) == {old, young, late, named}
    assert [drop(), drop()] == [3, 0]
    assert kept(shelf) == known(database, owner) == {young, late, named}
    assert owner.get(path(ticket, f"/attachments/{old}")).status == 404
    assert say(owner, ticket, attachment_ids=[late]).status == 404, "nobody names it in the hour before it goes"


def test_a_file_that_was_kept_before_a_crash_goes_too(owner: Client, shelf: Shelf, database: Database) -> None:
    made = ask(owner, open_ticket(owner)).json["attachment_id"]
    shelf.put(f"files/{owner.account['tenant']['id']}/{made}", PNG)
    age(database, made)
    assert drop() == 1
    assert kept(shelf) == known(database, owner) == set()


def test_what_the_store_does_not_delete_keeps_its_row_and_fails_the_run(
    owner: Client, shelf: Shelf, database: Database
) -> None:
    old = uploaded(owner, open_ticket(owner))
    age(database, old)
    files: Any = wiring.attached_files()
    with Stubber(files._client) as stubber:
        error = {"Key": f"files/{old}", "Code": "AccessDenied"}
        stubber.add_response("delete_objects", {"Errors": [error]}, {"Bucket": shelf.bucket, "Delete": ANY})
        with pytest.raises(RuntimeError, match="AccessDenied"):
            drop()
    assert kept(shelf) == known(database, owner) == {old}
    assert drop() == 1
    assert kept(shelf) == known(database, owner) == set()


def test_rows_whose_files_are_gone_go_in_the_next_run(
    owner: Client, shelf: Shelf, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = uploaded(owner, open_ticket(owner))
    age(database, old)
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(queries, "drop_unnamed", lambda *_, **__: 1 / 0)
        drop()
    assert (kept(shelf), known(database, owner)) == (set(), {old})
    assert drop() == 1


def test_they_go_in_slices_of_a_call_each(
    owner: Client, shelf: Shelf, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "SLICE", 2)
    ticket, calls, files = open_ticket(owner), list[str](), wiring.attached_files()
    age(database, *(ask(owner, ticket).json["attachment_id"] for _ in range(5)))
    client: Any = files
    client._client.meta.events.register("before-call.s3", lambda model, **_: calls.append(model.name))
    assert drop() == 5
    assert calls == ["DeleteObjects"] * 3


def test_they_are_found_by_index_and_one_that_is_just_changed_waits(
    owner: Client, shelf: Shelf, database: Database
) -> None:
    ticket = open_ticket(owner)
    first, second = (ask(owner, ticket).json["attachment_id"] for _ in range(2))
    age(database, first, second)
    message = say(owner, ticket).json["id"]
    database.run(
        "insert into support_attachments (id, tenant_id, ticket_id, message_id, uploaded_by, is_internal, filename,"
        " content_type, size, state, created_at) select gen_random_uuid(), tenant_id, ticket_id, :message, uploaded_by,"
        " is_internal, 'crowd', content_type, size, state, created_at"
        " from support_attachments, generate_series(1, 5000) where id = :id",
        message=message, id=first,
    )  # fmt: skip
    database.run("analyze support_attachments")
    query: Any = queries.unnamed
    text, given = query.texts[frozenset()], {"before": datetime.now(UTC), "limit": attachments.SLICE}
    with db.transaction(Scope(staff=True)) as connection:
        plan = connection.execute(f"explain {text.sql}", [given.get(name, fixed) for name, fixed in text.binds]).rows
    with superuser(database.url) as other:
        other.run("begin")
        other.run("select from support_attachments where id = :id for update", id=first)
        assert drop() == 1
        other.run("rollback")
    lines = "\n".join(line for [line] in plan or ())
    assert "Index Scan" in lines and "Seq Scan" not in lines, lines
    assert drop() == 1
    database.run("delete from support_attachments where filename = 'crowd'")
