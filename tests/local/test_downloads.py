"""Attached files are given out by signed links alone, with the headers that the product's template says."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import boto3
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from local import templates
from local.downloads import Distribution
from shared.adapters.links_cloudfront import CloudFront
from tests.support.doubles import aws

ORIGIN, NOW = "http://127.0.0.1:9", datetime(2026, 11, 20, 12, tzinfo=UTC)
SAVED = "attachment; filename=\"box.png\"; filename*=UTF-8''box.png"
ROOT = Path(__file__).resolve().parents[2]


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Edge:
    """The distribution, and who signs for it."""

    def __init__(self, url: str) -> None:
        key = rsa.generate_private_key(65537, 2048)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        found = templates.load(ROOT, {}, {}, url).downloads
        assert found
        self.signer, self.bucket, self.s3 = CloudFront(ORIGIN, "KEY1", pem), found.bucket, boto3.client("s3")
        self.application = Distribution(found, url, ORIGIN, pem, lambda: NOW)
        self.s3.create_bucket(Bucket=self.bucket)

    def link(self, path: str = "/tenant/file", minutes: int = 15) -> str:
        return self.signer.link(path, NOW + timedelta(minutes=minutes)).removeprefix(ORIGIN)

    def ask(self, target: str, method: str = "GET") -> Answer:
        said: list[tuple[str, list[tuple[str, str]]]] = []
        environment = {"REQUEST_METHOD": method, "REQUEST_URI": target}
        body = b"".join(self.application(environment, lambda status, headers: said.append((status, headers))))
        return Answer(int(said[0][0].split()[0]), dict(said[0][1]), body)


@pytest.fixture(scope="module")
def edge() -> Iterator[Edge]:
    with aws() as url:
        made = Edge(url)
        made.s3.put_object(
            Bucket=made.bucket, Key="files/tenant/file", Body=b"<b>", ContentType="text/plain", ContentDisposition=SAVED
        )
        made.s3.put_object(Bucket=made.bucket, Key="files/tenant/nameless", Body=b"x", ContentType="text/html")
        made.s3.put_object(Bucket=made.bucket, Key="uploads/tenant/file", Body=b"x")
        yield made


def test_a_signed_link_gives_the_file_to_be_saved_and_never_run(edge: Edge) -> None:
    answer = edge.ask(edge.link())
    assert (answer.status, answer.body) == (200, b"<b>")
    assert answer.headers["content-type"] == "text/plain"
    assert answer.headers["content-disposition"] == SAVED, "the file's own, with its name"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert edge.ask(edge.link("/tenant/nameless")).headers["content-disposition"] == "attachment"
    assert edge.ask(edge.link(), "HEAD")[::2] == (200, b"")


def test_without_a_good_signature_there_is_nothing(edge: Edge) -> None:
    link, other = edge.link(), edge.link("/tenant/other")
    for refused in (
        "/tenant/file",
        edge.link(minutes=0),
        link.replace("Expires=1", "Expires=2"),
        "/tenant/file?" + other.partition("?")[2],
        link.replace("Signature=", "Signature=A"),
        "/tenant/file?Expires=x&Signature=%00&Key-Pair-Id=KEY1",
        edge.link("/../uploads/tenant/file"),
        other,
    ):
        answer = edge.ask(refused)
        assert (answer.status, answer.headers["x-content-type-options"]) == (403, "nosniff"), refused
    assert edge.ask(link, "PUT").status == 405
