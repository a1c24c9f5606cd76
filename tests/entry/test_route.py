"""What a handler declares by its signature, and what becomes of a request that does not fit."""

import time
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

import pytest
from pydantic import BaseModel

from shared.core.files import Csv, Form, Upload
from shared.entry.http import Api
from tests.support.client import Answer, Client
from tests.support.database import Database
from tests.support.endpoint import save_note, send


class NoteImport(Form):
    file: Upload
    party_id: UUID
    title: str | None = None


class Imported(BaseModel):
    body: str
    size: int
    title: str | None


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Takes a form with a file."""
    made = Api(scope="quotes:read", reads=True)

    @made.post("/api/notes/import")
    def import_notes(given: NoteImport) -> Imported:
        return Imported(body=given.file.filename, size=len(given.file.content), title=given.title)

    yield made


def form(api: Api, caller: Client, body: bytes, boundary: str = "b") -> Answer:
    return send(api, caller, body=body, content_type=f"multipart/form-data; boundary={boundary}")


def part(name: str, content: bytes, *, filename: str | None = None, more: str = "") -> bytes:
    named = f'; filename="{filename}"' if filename is not None else ""
    return f'--b\r\ncontent-disposition: form-data; name="{name}"{named}\r\n{more}\r\n'.encode() + content + b"\r\n"


PARTY = part("party_id", str(UUID(int=1)).encode())
FILE = part("file", b"a,b\r\n1,2\r\n", filename="boxes.csv", more="content-type: text/csv\r\n")
END = b"--b--\r\n"


def test_a_form_with_a_file(api: Api, owner: Client) -> None:
    answer = form(api, owner, FILE + PARTY + part("title", "क्ष".encode()) + END)
    assert (answer.status, answer.json) == (200, {"body": "boxes.csv", "size": 10, "title": "क्ष"})


def test_an_empty_text_field_counts_as_left_out(api: Api, owner: Client) -> None:
    assert form(api, owner, FILE + PARTY + part("title", b"") + END).json["title"] is None


def test_a_file_may_be_empty_and_hold_any_bytes(api: Api, owner: Client) -> None:
    assert form(api, owner, part("file", b"", filename="x") + PARTY + END).json["size"] == 0
    every = bytes(range(256)) * 4 + b"\r\n--\r\n--a\r\n"
    assert form(api, owner, part("file", every, filename="x") + PARTY + END).json["size"] == len(every)


def test_a_file_of_4_mb_is_read_quickly(api: Api, owner: Client) -> None:
    large = part("file", b"\r\n--" * 2**20, filename="large.csv")
    began = time.process_time()
    assert form(api, owner, large + PARTY + END).json["size"] == 4 * 2**20
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (FILE + END, "#/party_id"),
        (PARTY + END, "#/file"),
        (FILE + PARTY + part("nope", b"1") + END, "#/nope"),
        (FILE + part("party_id", b"1") + END, "#/party_id"),
        (FILE + PARTY, "#"),  # without its end
        ((FILE + PARTY + END)[:-40], "#"),
        (b"", "#"),
        (b"a,b\n1,2", "#"),
        (FILE.replace(b"content-type", b"x" * 5000) + PARTY + END, "#"),
        (FILE.replace(b"content-disposition", b"content-position") + PARTY + END, "#"),
        (part("title", b"\xff\xfe") + FILE + PARTY + END, "#"),
        (b"".join(part(f"f{n}", b"") for n in range(1000)) + END, "#"),
        (FILE + part("party_id", b"x", filename="party.txt") + END, "#/party_id"),
    ],
    ids=[
        "no party",
        "no file",
        "unknown field",
        "wrong id",
        "no end",
        "truncated",
        "empty",
        "no form",
        "huge header",
        "no disposition",
        "not UTF-8",
        "a thousand parts",
        "a file for text",
    ],
)
def test_a_form_that_is_wrong_is_422_with_a_pointer(api: Api, owner: Client, body: bytes, pointer: str) -> None:
    answer = form(api, owner, body)
    assert answer.status == 422, answer.body
    assert pointer in {error["pointer"] for error in answer.json["errors"]}


@pytest.mark.parametrize("boundary", ["", '""', "é", "x" * 1000, "other"])
def test_a_form_whose_boundary_is_missing_or_wrong_is_422(api: Api, owner: Client, boundary: str) -> None:
    assert form(api, owner, FILE + PARTY + END, boundary).status == 422
    assert send(api, owner, body=FILE + PARTY + END, content_type="multipart/form-data").status == 422


@pytest.mark.parametrize("content_type", ["application/json", "text/csv", "multipart/mixed; boundary=b", ""])
def test_another_media_type_for_a_form_is_415(api: Api, owner: Client, content_type: str) -> None:
    answer = send(api, owner, body=FILE + PARTY + END, content_type=content_type)
    assert (answer.status, answer.json["type"]) == (415, "/problems/unsupported")
    assert "multipart/form-data" in answer.json["detail"]


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 201),
        ("Application/JSON; charset=utf-8", 201),
        ("", 201),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/jsonx", 415),
    ],
)
def test_json_is_taken_as_json_only(owner: Client, noted: Database, content_type: str, status: int) -> None:
    assert send(save_note(), owner, body=b'{"body": "one"}', content_type=content_type).status == status


def test_a_body_of_one_media_type_arrives_as_it_is(owner: Client, noted: Database) -> None:
    api = Api(scope="quotes:read", reads=True)

    @api.post("/api/prices")
    def read(given: Csv) -> int:
        return len(given)

    assert send(api, owner, body=b"\xff\x00", content_type="text/csv").json == 2
    assert send(api, owner, body=b"{}", content_type="application/json").status == 415


@pytest.mark.parametrize(
    ("body", "status"), [(b"", 204), (b"{}", 204), (b" {} \n", 204), (b"[]", 422), (b'{"a": 1}', 422), (b"x", 422)]
)
def test_an_operation_without_a_body_takes_none_or_an_empty_object(
    owner: Client, noted: Database, body: bytes, status: int
) -> None:
    api = Api(scope="quotes:write")

    @api.delete("/api/notes")
    def clear() -> None:
        return None

    answer = send(api, owner, body=body)
    assert answer.status == status
    assert answer.body == b"" if status == 204 else answer.json["errors"][0]["pointer"] == "#"


def test_query_fields_have_types_defaults_and_choices(owner: Client, noted: Database) -> None:
    api = Api(scope="quotes:read")

    @api.get("/api/notes")
    def find(ply: int, status: Literal["draft", "sent"] = "draft", all: bool = False) -> list[object]:
        return [ply, status, all]

    assert send(api, owner, query={"ply": "5"}).json == [5, "draft", False]
    assert send(api, owner, query={"ply": "5", "status": "sent", "all": "true"}).json == [5, "sent", True]
    answer = send(api, owner, query={"status": "lost", "all": "perhaps"})
    assert {error["pointer"] for error in answer.json["errors"]} == {"#/query/ply", "#/query/status", "#/query/all"}


def test_a_pointer_escapes_what_a_pointer_must(owner: Client, noted: Database) -> None:
    answer = send(save_note(), owner, json={"body": "x", "a/b~c": 1})
    assert answer.json["errors"][0]["pointer"] == "#/a~1b~0c"


def test_a_route_knows_its_summary_method_and_status() -> None:
    route = save_note().route
    assert (route.operation, route.status) == ("POST /api/notes", 201)
    assert route.summary == "Small endpoints for the tests of the harness, called as API Gateway would call them."


def test_an_answer_may_be_a_model_or_a_file(owner: Client, noted: Database) -> None:
    api = Api(scope="quotes:read")

    @api.get("/api/notes")
    def find(format_: Literal["json", "csv"] = "json") -> Imported | Csv:
        return Csv(b"body,size", filename="notes.csv") if format_ == "csv" else Imported(body="x", size=1, title=None)

    assert send(api, owner).json == {"body": "x", "size": 1, "title": None}
    file = send(api, owner, query={"format": "csv"})
    assert (file.headers["content-type"], file.body) == ("text/csv", b"body,size")
