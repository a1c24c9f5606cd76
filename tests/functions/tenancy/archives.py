"""A store of archives for the tests (moto), and what the consumers get to hear."""

import io
import json
import urllib.request
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest

from shared.entry import wiring
from tests.support import lambdas
from tests.support.client import Client
from tests.support.doubles import aws


class Shelf:
    """A bucket of its own."""

    def __init__(self) -> None:
        self.bucket, self.s3 = f"archives-{uuid.uuid4()}", boto3.client("s3")

    def make(self) -> None:
        self.s3.create_bucket(Bucket=self.bucket)

    @property
    def keys(self) -> list[str]:
        return [found["Key"] for found in self.s3.list_objects_v2(Bucket=self.bucket).get("Contents", [])]

    def content(self, key: str) -> bytes:
        return self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()


@contextmanager
def store() -> Iterator[Shelf]:
    """The bucket that the functions of this process use meanwhile."""
    with aws(), pytest.MonkeyPatch.context() as patch:
        shelf = Shelf()
        shelf.make()
        patch.setenv("EXPORT_BUCKET", shelf.bucket)
        wiring.archives.cache_clear()
        yield shelf
    wiring.archives.cache_clear()


def deliver(stem: str, tenant_id: str | None, event: dict[str, object], event_id: str = "") -> list[Any]:
    """Hand a consumer its event as SQS does; answers what failed."""
    detail = {"id": event_id or str(uuid.uuid4()), "tenant_id": tenant_id, "event": event}
    record = {"messageId": "one", "body": json.dumps({"detail": detail})}
    answer = lambdas.spec("tenancy", stem).handle({"Records": [record]}, lambdas.Context())
    failures: list[Any] = answer["batchItemFailures"]
    return failures


def exported(owner: Client) -> str:
    """Ask for an archive and build it; its id."""
    id_: str = owner.post("/api/tenant/export").json["id"]
    assert deliver("on_tenant_export_requested", owner.account["tenant"]["id"], {"export_id": id_}) == []
    return id_


def opened(url: str) -> zipfile.ZipFile:
    """What the link gives."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return zipfile.ZipFile(io.BytesIO(answer.read()))
