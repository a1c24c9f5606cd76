"""Clients of AWS: none waits longer than its Lambda runs, and all are made in the same way."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.stub import ANY, Stubber

from shared.adapters import outbox_queue
from shared.adapters.attachments_s3 import AttachedFiles
from shared.adapters.event_bus import EventBridge
from shared.adapters.mail_ses import Ses
from shared.adapters.storage_s3 import S3
from shared.adapters.text_sns import Sns
from tests.support import doubles

ADAPTERS = Path(__file__).resolve().parents[2] / "shared/adapters"


@pytest.mark.parametrize(
    ("client", "connect", "read", "attempts"),
    [
        (lambda: EventBridge("bus")._client, 2, 10, 3),
        (lambda: Ses("a@example.com")._client, 2, 10, 3),
        (lambda: Sns("BOXES")._client, 2, 10, 3),
        (lambda: AttachedFiles("bucket")._client, 2, 10, 3),
        (lambda: S3("bucket")._client, 2, 60, 3),
        (outbox_queue._client.__wrapped__, 1, 2, 2),
    ],
)
def test_a_client_gives_up_in_time(client: Callable[[], Any], connect: int, read: int, attempts: int) -> None:
    made = client().meta.config
    assert (made.connect_timeout, made.read_timeout) == (connect, read)
    assert made.retries["total_max_attempts"] == attempts


def test_no_client_is_made_otherwise() -> None:
    sources = "".join(path.read_text("utf-8") for path in ADAPTERS.glob("*.py") if path.name != "aws.py")
    assert len(re.findall(r"boto3\.client\(", sources)) == len(re.findall(r"aws\.(?:s3_)?config\(", sources)) == 7
    assert not re.findall(r"\bConfig\(|boto3\.(?!client\()", sources)


def test_links_name_the_host_of_the_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-south-1")
    links = (
        AttachedFiles("shelf").upload_link("uploads/a", "text/plain", 1, 60),
        S3("shelf").link("exports/a", "a.zip", 60),
    )
    assert [urlsplit(link).netloc for link in links] == ["shelf.s3.ap-south-1.amazonaws.com"] * 2


def test_the_files_of_a_prefix_are_deleted_in_one_call() -> None:
    with doubles.aws():
        s3, files = boto3.client("s3"), AttachedFiles("shelf")
        s3.create_bucket(Bucket="shelf")
        for key in ("files/1/a", "files/1/b", "files/2/a"):
            s3.put_object(Bucket="shelf", Key=key, Body=b"")
        calls: list[object] = []
        files._client.meta.events.register("before-call.s3", lambda model, **_: calls.append(model.name))
        for prefix in ("files/1/", "files/3/"):
            files.delete_all(prefix)
        assert [found["Key"] for found in s3.list_objects_v2(Bucket="shelf")["Contents"]] == ["files/2/a"]
        files.delete(["files/2/a", "files/2/absent"])
        assert "Contents" not in s3.list_objects_v2(Bucket="shelf")
    assert calls == ["ListObjectsV2", "DeleteObjects", "ListObjectsV2", "DeleteObjects"]


def test_a_file_that_stays_is_an_error() -> None:
    files = AttachedFiles("shelf")
    with Stubber(files._client) as stubber:
        stubber.add_response("list_objects_v2", {"Contents": [{"Key": "files/1/a"}]})
        error = {"Key": "files/1/a", "Code": "AccessDenied"}
        stubber.add_response("delete_objects", {"Errors": [error]}, {"Bucket": "shelf", "Delete": ANY})
        with pytest.raises(RuntimeError, match="files/1/a"):
            files.delete_all("files/1/")
