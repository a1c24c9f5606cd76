"""Attached files in an Amazon S3 bucket."""

from typing import TYPE_CHECKING

import boto3

from shared.adapters import aws

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef


class AttachedFiles:
    """`Files` in a bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket, self._client = bucket, boto3.client("s3", config=aws.s3_config())

    def upload_link(self, key: str, content_type: str, size: int, seconds: int) -> str:
        """Signed here, without a round trip, over both headers; on AWS it also ends with the function's credentials."""
        said = {"Bucket": self._bucket, "Key": key, "ContentType": content_type, "ContentLength": size}
        return self._client.generate_presigned_url("put_object", said, ExpiresIn=seconds)

    def read(self, key: str, most: int) -> bytes | None:
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=key)
        except self._client.exceptions.NoSuchKey:
            return None
        with found["Body"] as body:
            return body.read(most + 1)

    def keep(self, key: str, content: bytes, content_type: str, disposition: str) -> None:
        self._client.put_object(
            Bucket=self._bucket, Key=key, Body=content, ContentType=content_type, ContentDisposition=disposition
        )

    def delete_all(self, prefix: str) -> None:
        """A page is what one call deletes: 1,000 objects. RuntimeError, naming the first, if some stay."""
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
            objects: list[ObjectIdentifierTypeDef] = [{"Key": found["Key"]} for found in page.get("Contents", [])]
            if objects:
                answer = self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": objects, "Quiet": True})
                if failed := answer.get("Errors"):
                    raise RuntimeError(f"{len(failed)} objects were not deleted, among them {failed[0]}")
