"""functions/support/judge_uploaded_files.py: what is there is judged without a message, the rest may still come."""

import uuid
from collections.abc import Iterator

import pytest

from tests.functions.support.desk import open_ticket
from tests.functions.support.files import PNG, Shelf, ask, named, put, seen, store
from tests.functions.support.mails import hear
from tests.support.client import Client


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    with store() as found:
        yield found


def judge(*attachments: str) -> None:
    hear("judge_uploaded_files", None, {"attachment_ids": list(attachments)})


def test_what_was_uploaded_is_judged_and_what_was_not_may_still_come(owner: Client, shelf: Shelf) -> None:
    ticket = open_ticket(owner)
    there, absent, lying = (ask(owner, ticket).json for _ in range(3))
    put(there, PNG)
    put(lying, b"MZ" + PNG[2:])
    ids = [str(made["attachment_id"]) for made in (there, absent, lying)]
    judge(*ids)
    assert [seen(owner, ticket, id)["state"] for id in ids] == ["ready", "uploading", "refused"]
    put(absent, PNG)
    judge(*ids)
    assert [seen(owner, ticket, id)["state"] for id in ids] == ["ready", "ready", "refused"]


@pytest.mark.parametrize(("content", "state"), [(PNG, "ready"), (b"MZ" + PNG[2:], "refused")])
def test_a_message_may_name_it_afterwards(owner: Client, shelf: Shelf, content: bytes, state: str) -> None:
    """Also what was refused: whether that is before or after the message is chance, and the message counts."""
    ticket = open_ticket(owner)
    made = ask(owner, ticket).json
    put(made, content)
    judge(made["attachment_id"])
    assert named(owner, ticket, made["attachment_id"])["state"] == state


def test_nothing_to_judge_is_fine(owner: Client, shelf: Shelf) -> None:
    judge(str(uuid.uuid4()))
    judge()
