"""The templates' buckets in the AWS double, and their objects on disk: the double forgets them when it ends."""

import json
import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import quote, unquote

import boto3
from botocore.client import Config

from local.cloudformation import REGION

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SECONDS = 0.5  # between two looks: what a killed stack may lose
ABOUT: tuple[Literal["ContentType", "ContentDisposition"], ...] = ("ContentType", "ContentDisposition")  # with a file
log = logging.getLogger(__name__)


class Stored(NamedTuple):
    bucket: str
    key: str


class Objects:
    """Makes the buckets in the double behind `aws_url`, which has just started, and brings back what `folder` has."""

    def __init__(self, buckets: list[str], aws_url: str, folder: Path) -> None:
        session = boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", region_name=REGION)
        config = Config(retries={"max_attempts": 1})
        self.s3: S3Client = session.client("s3", endpoint_url=aws_url, config=config)
        self._buckets, self._folder, self._about = buckets, folder, folder.with_name(f"{folder.name}-about")
        self._kept: dict[Stored, str] = {}  # with their ETags
        self._looking, self._ending = threading.Lock(), threading.Event()
        for bucket in buckets:
            self.s3.create_bucket(Bucket=bucket)
            self._bring_back(bucket)

    def start(self) -> None:
        """Keep what comes and drop what goes, from now on."""
        if self._buckets:
            threading.Thread(target=self._watch, name="objects", daemon=True).start()

    def stop(self) -> None:
        """Look a last time, while the double is still there."""
        self._ending.set()
        self._look_safely()

    def _bring_back(self, bucket: str) -> None:
        for file in (self._folder / bucket).glob("*"):
            stored = Stored(bucket, unquote(file.name))
            about = self._about / bucket / file.name
            said = json.loads(about.read_text()) if about.exists() else {}
            with file.open("rb") as content:
                self._kept[stored] = self.s3.put_object(Bucket=bucket, Key=stored.key, Body=content, **said)["ETag"]

    def _watch(self) -> None:
        while not self._ending.wait(SECONDS):
            self._look_safely()

    def _look_safely(self) -> None:
        try:
            with self._looking:
                self._look()
        except Exception:
            log.exception("keeping objects")

    def _look(self) -> None:
        found = {
            Stored(bucket, entry["Key"]): entry["ETag"]
            for bucket in self._buckets
            for page in self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
            for entry in page.get("Contents", [])
        }
        for stored, tag in found.items():
            if self._kept.get(stored) != tag:
                self._keep(stored)
        for stored in self._kept.keys() - found.keys():
            self._file(stored).unlink(missing_ok=True)
            (self._about / stored.bucket / self._file(stored).name).unlink(missing_ok=True)
        self._kept = found

    def _keep(self, stored: Stored) -> None:
        """Appears at once and whole."""
        file = self._file(stored)
        about = self._about / stored.bucket / file.name
        new = self._folder / "new"  # beside the buckets' folders: half of it is never brought back
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.parent.mkdir(exist_ok=True)
        about.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self.s3.head_object(Bucket=stored.bucket, Key=stored.key)
        about.write_text(json.dumps({name: found[name] for name in ABOUT if name in found}))
        self.s3.download_file(stored.bucket, stored.key, str(new))
        new.rename(file)

    def _file(self, stored: Stored) -> Path:
        return self._folder / stored.bucket / quote(stored.key, safe="")
