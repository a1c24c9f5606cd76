"""Stored objects outlive the AWS double, which keeps them in memory only."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import boto3
import pytest

from local import children
from local.objects import Objects
from tests.support.doubles import aws

Until = Callable[[Callable[[], bool]], None]


class Double:
    """A bucket of an AWS double, and the stack's folder."""

    def __init__(self, url: str, home: Path) -> None:
        self.url, self.folder, self.bucket = url, home / "objects", f"bucket-{uuid4()}"
        self.s3 = boto3.client("s3")

    def started(self) -> Objects:
        objects = Objects([self.bucket], self.url, self.folder)
        objects.start()
        return objects

    def put(self, key: str, content: bytes) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=content)

    def content(self, key: str) -> bytes:
        return self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def forget(self) -> None:
        """What its end does to it."""
        for found in self.s3.list_objects_v2(Bucket=self.bucket)["Contents"]:
            self.s3.delete_object(Bucket=self.bucket, Key=found["Key"])
        self.s3.delete_bucket(Bucket=self.bucket)

    def on_disk(self) -> list[bytes]:
        return sorted(file.read_bytes() for file in self.folder.rglob("*") if file.is_file())


@pytest.fixture
def double(tmp_path: Path) -> Iterator[Double]:
    with aws() as url:
        yield Double(url, tmp_path)


def test_what_is_stored_is_on_disk_within_two_seconds_without_a_goodbye(double: Double, until: Until) -> None:
    objects = double.started()
    double.put("tenant/one.zip", b"first")
    until(lambda: double.on_disk() == [b"first"])
    double.put("tenant/one.zip", b"second")
    until(lambda: double.on_disk() == [b"second"])
    objects.stop()


def test_a_start_brings_it_back(double: Double, until: Until) -> None:
    objects = double.started()
    double.put("tenant/one.zip", b"kept")
    objects.stop()
    double.forget()
    again = double.started()
    assert double.content("tenant/one.zip") == b"kept"
    again.stop()
    assert double.on_disk() == [b"kept"]


def test_a_start_brings_back_what_was_said_with_it(double: Double) -> None:
    objects = double.started()
    said = {"ContentType": "text/plain", "ContentDisposition": "attachment"}
    double.s3.put_object(Bucket=double.bucket, Key="tenant/one.txt", Body=b"kept", **said)  # type: ignore[arg-type]
    objects.stop()
    double.forget()
    double.started().stop()
    found = double.s3.head_object(Bucket=double.bucket, Key="tenant/one.txt")
    assert {name: found[name] for name in said} == said  # type: ignore[literal-required]


def test_what_is_deleted_does_not_come_back(double: Double, until: Until) -> None:
    objects = double.started()
    for name in ("one", "two"):
        double.put(name, name.encode())
    until(lambda: len(double.on_disk()) == 2)
    double.s3.delete_object(Bucket=double.bucket, Key="one")
    until(lambda: double.on_disk() == [b"two"])
    objects.stop()


def test_a_double_that_dies_first_takes_nothing_along(tmp_path: Path, double: Double, until: Until) -> None:
    objects = double.started()
    double.put("one", b"kept")
    until(lambda: double.on_disk() == [b"kept"])
    gone = Objects([], f"http://{children.LOOPBACK}:{children.free_port()}", double.folder)
    objects.s3 = gone.s3
    objects.stop()
    assert double.on_disk() == [b"kept"]
