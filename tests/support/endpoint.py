"""Small endpoints for the tests of the harness, called as API Gateway would call them."""

import base64
import json as json_
import uuid
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel

from shared.core import db
from shared.core.errors import Conflict, NotFound, Problem
from shared.core.fields import Input, line
from shared.core.ids import new_id
from shared.entry.http import Api
from tests.support import lambdas, notes
from tests.support.client import Answer, Client


class NoteIn(Input):
    body: Annotated[str, line(200)]


class NoteOut(BaseModel):
    id: UUID
    body: str


class BodyTaken(Conflict):
    title = "There is such a note"


class NoteRefused(Conflict):
    title = "Refused, and noted"
    keeps = True


def save_note(**options: Any) -> Api:
    """A new instance of an endpoint that stores a note; `body` is unique over all."""
    api = Api(**{"scope": "quotes:write"} | options)

    @api.post("/api/notes", status=201)
    def save(note: NoteIn) -> NoteOut:
        try:
            row = notes.add(
                api.call.connection, id=new_id(api.call.now), tenant=api.call.tenant_id, body=note.body, amount=None
            )
        except db.DatabaseError as error:
            if db.violated(error) == "notes_body_key":
                raise BodyTaken from None
            raise
        return NoteOut(id=row.id, body=row.body)

    return api


def rename_note() -> Api:
    api = Api(scope="quotes:write")

    @api.patch("/api/notes/{note_id}")
    def rename(note_id: UUID, note: NoteIn) -> NoteOut:
        if not notes.rename(api.call.connection, id=note_id, body=note.body):
            raise NotFound
        return NoteOut(id=note_id, body=note.body)

    return api


def refuse_note(problem: type[Problem]) -> Api:
    """Stores a note and then refuses."""
    api = Api(scope="quotes:write")

    @api.post("/api/refused-notes", status=201)
    def refuse(note: NoteIn) -> None:
        notes.add_later(api.call.connection, id=new_id(api.call.now), tenant=api.call.tenant_id, body=note.body)
        raise problem

    return api


def find_notes() -> Api:
    api = Api(scope="quotes:read")

    @api.get("/api/notes")
    def find(body: str | None = None, limit: int = 20) -> list[NoteOut]:
        rows = notes.page(api.call.connection, body=body, after=None, limit=limit)
        return [NoteOut(id=row.id, body=row.body) for row in rows]

    return api


def send(
    api: Api,
    caller: Client | None = None,
    *,
    json: object = None,
    body: bytes | None = None,
    content_type: str = "application/json",
    path: Mapping[str, str] = {},
    query: Mapping[str, str] = {},
    headers: Mapping[str, str] = {},
    **claims: str,
) -> Answer:
    """One call with a caller's token; `claims` replace what the authorizer read in it."""
    content = json_.dumps(json).encode() if json is not None else body
    raw_path = api.route.path.format(**path)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": api.route.operation,
        "rawPath": raw_path,
        "rawQueryString": "&".join(f"{name}={value}" for name, value in query.items()),
        "headers": ({"content-type": content_type} if content is not None else {}) | dict(headers),
        "requestContext": {
            "requestId": uuid.uuid4().hex,
            "http": {"method": api.route.method, "path": raw_path, "sourceIp": "127.0.0.1"},
        },
        "isBase64Encoded": content is not None,
    }
    if path:
        event["pathParameters"] = dict(path)
    if query:
        event["queryStringParameters"] = dict(query)
    if content is not None:
        event["body"] = base64.b64encode(content).decode()
    if caller or claims:
        read = lambdas.authorize({"authorization": f"Bearer {caller.token}"}) if caller else {}
        event["requestContext"]["authorizer"] = {"lambda": read | claims}
    return received(api.handler(event, lambdas.Context()))


def received(answer: Mapping[str, Any]) -> Answer:
    """What a client gets of a Lambda's answer."""
    content = answer["body"]
    decoded = base64.b64decode(content) if answer.get("isBase64Encoded") else content.encode()
    return Answer(answer["statusCode"], answer["headers"], decoded)
