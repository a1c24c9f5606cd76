"""A store of attached files for the tests (moto), files of every kind, and their way through it."""

import io
import urllib.request
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest

from shared.entry import wiring
from tests.functions.support.desk import behind, path, say
from tests.functions.support.mails import deliver
from tests.support.client import Answer, Client
from tests.support.doubles import aws

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 34


class Shelf:
    """A bucket of its own."""

    def __init__(self) -> None:
        self.bucket, self.s3 = f"attachments-{uuid.uuid4()}", boto3.client("s3")
        self.s3.create_bucket(Bucket=self.bucket)

    @property
    def keys(self) -> list[str]:
        return [found["Key"] for found in self.s3.list_objects_v2(Bucket=self.bucket).get("Contents", [])]

    def put(self, key: str, content: bytes) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=content)

    def kept(self, attachment: dict[str, Any]) -> Any:
        """The object from which a file is given out."""
        [key] = [key for key in self.keys if key.startswith("files/") and key.endswith(attachment["id"])]
        return self.s3.get_object(Bucket=self.bucket, Key=key)


@contextmanager
def store() -> Iterator[Shelf]:
    """The bucket that the functions of this process use meanwhile."""
    with aws(), pytest.MonkeyPatch.context() as patch:
        shelf = Shelf()
        patch.setenv("ATTACHMENT_BUCKET", shelf.bucket)
        wiring.attached_files.cache_clear()
        yield shelf
    wiring.attached_files.cache_clear()


def ask(
    client: Client, ticket: dict[str, Any], filename: str = "box.png", content_type: str = "image/png",
    size: int = len(PNG),
) -> Answer:  # fmt: skip
    given = {"filename": filename, "content_type": content_type, "size": size}
    return client.post(path(ticket, "/attachments"), given)


def put(upload: dict[str, Any], content: bytes) -> None:
    request = urllib.request.Request(upload["upload_url"], content, upload["headers"], method="PUT")
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


def attach(
    client: Client, ticket: dict[str, Any], content: bytes = PNG, *, size: int | None = None, **file: str
) -> dict[str, Any]:
    """Upload a file, name it in a message and have it judged; the file as its uploader sees it then."""
    answer = ask(client, ticket, size=len(content) if size is None else size, **file)
    assert answer.status == 201, answer.body
    put(answer.json, content)
    return named(client, ticket, answer.json["attachment_id"])


def named(client: Client, ticket: dict[str, Any], id: str, *, is_internal: bool = False) -> dict[str, Any]:
    assert say(client, ticket, attachment_ids=[id], is_internal=is_internal).status == 201
    deliver(behind(client), "judge_attachments", ticket, "MessagePosted")
    return seen(client, ticket, id)


def seen(client: Client, ticket: dict[str, Any], id: str) -> dict[str, Any]:
    answer = client.get(path(ticket, f"/attachments/{id}"))
    assert answer.status == 200, answer.body
    return dict(answer.json)


def archive(*names: str) -> bytes:
    """A zip file of empty parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name in names:
            made.writestr(name, b"")
    return content.getvalue()
