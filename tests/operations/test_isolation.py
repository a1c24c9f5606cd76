"""Another tenant's ids, cursors and keys open nothing, wherever they are put; made around each operation's example."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

import pytest
from pydantic import BaseModel, TypeAdapter

from shared.core.paging import After, page
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import Operation, member, operations

SIGNED_IN = [op for op in operations() if not (op.api.public or op.is_for_admins)]
KEYED = {"idempotency-key": "the same"}
ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def schemas(op: Operation) -> str:
    """What the operation takes, in path, query and body."""
    body = op.api.route.body.kind if op.api.route.body else None
    kinds = [op.api.route.parameters, *([body] if body and issubclass(body, BaseModel) else [])]
    return json.dumps([TypeAdapter(kind).json_schema() for kind in kinds])


NOT_LOOKED_UP = {"coupons/redeem_coupon": "what it is applied to is the caller's own reference"}
TAKE_IDS = [op for op in SIGNED_IN if '"uuid"' in schemas(op) and op.function.name not in NOT_LOOKED_UP]
LISTS = [op for op in SIGNED_IN if "cursor" in op.api.route.parameters.model_fields]


class Flat(NamedTuple):
    """A request as one text, in which ids are found wherever they stand: path, query, body, nested, in lists, forms."""

    request: Request
    text: bytes

    @property
    def ids(self) -> list[re.Match[bytes]]:
        return list(ID.finditer(self.text))

    def with_text(self, text: bytes) -> Request:
        path, _, body = text.partition(b"\n")
        kind = self.request.content[0].get("content-type", "")
        return replace(self.request, path=path.decode(), json=None, body=body or None, content_type=kind)


def flat(request: Request) -> Flat:
    return Flat(request, request.path.encode() + b"\n" + (request.content[1] or b""))


def exchanged(mine: Flat, theirs: Flat) -> Iterator[tuple[Request, bool]]:
    """My request with one of its ids replaced by theirs, each in turn; whether that one is a filter, in the query."""
    for here, there in zip(mine.ids, theirs.ids, strict=True):
        before, after = mine.text[: here.start()], mine.text[here.end() :]
        yield mine.with_text(before + there[0] + after), b"?" in before and b"\n" not in before


@pytest.mark.parametrize("op", TAKE_IDS, ids=repr)
def test_another_tenants_id_is_not_found_wherever_it_stands(op: Operation, owner: Client) -> None:
    stranger = sign_up()
    theirs, mine = flat(op.example(owner)), flat(op.example(stranger))
    assert len(mine.ids) >= schemas(op).count('"uuid"'), "the example gives each id that the operation takes"
    for request, filters in exchanged(mine, theirs):
        answer = stranger.send(request)
        nothing_found = filters and answer.status == 200 and answer.json["items"] == []
        assert answer.status == 404 or nothing_found, (request.path, answer.body)
    for caller, intact in ((owner, theirs), (stranger, mine)):
        answer = caller.send(intact.request)
        assert answer.status == op.api.route.status, ("and nothing has changed", answer.body)


def listing(request: Request, **query: object) -> Request:
    return Request("GET", f"{request.path.partition('?')[0]}?{urlencode(query)}")


def cursor_of(op: Operation, owner: Client) -> str:
    """One that the owner was given with a page of one; made of the present where nothing follows it."""
    for _ in range(3):
        request = op.example(owner)
    given = owner.send(listing(request, limit=1)).json["next_cursor"]
    now = After(datetime.now(UTC), UUID(owner.account["user"]["id"]))
    return str(given or page([now] * 2, 1, str).next_cursor)


@pytest.mark.parametrize("op", LISTS, ids=repr)
def test_another_tenants_cursor_reveals_nothing(op: Operation, owner: Client) -> None:
    stranger, cursor = sign_up(), cursor_of(op, owner)
    theirs = set(ID.findall(owner.send(listing(op.example(owner), limit=100)).body))
    mine = op.example(stranger)
    answer = stranger.send(listing(mine, limit=100, cursor=cursor))
    assert answer.status == 200, answer.body
    shown = set(ID.findall(answer.body))
    assert not shown & theirs
    assert shown <= set(ID.findall(stranger.send(listing(mine, limit=100)).body))


@pytest.mark.parametrize("op", [op for op in SIGNED_IN if op.api.takes_key], ids=repr)
def test_an_idempotency_key_belongs_to_one_user(op: Operation, owner: Client, database: Database) -> None:
    stranger, colleague = sign_up(), member(owner, "admin", database)
    theirs, mine = op.example(owner), op.example(stranger)
    answers = [
        caller.send(replace(request, headers=KEYED))
        for caller, request in ((owner, theirs), (colleague, theirs), (stranger, mine))
    ]
    assert [answers[0].status, answers[2].status] == [op.api.route.status] * 2, answers
    assert not any("idempotency-replayed" in answer.headers for answer in answers)
