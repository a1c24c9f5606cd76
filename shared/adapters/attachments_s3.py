"""Attached files in an Amazon S3 bucket."""

import boto3
from botocore.config import Config


class AttachedFiles:
    """`Files` in a bucket."""

    def __init__(self, bucket: str) -> None:
        # a checksum of botocore's own would have to be sent by who uploads too
        config = Config(signature_version="s3v4", request_checksum_calculation="when_required")
        self._bucket, self._client = bucket, boto3.client("s3", config=config)

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
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
            for found in page.get("Contents", []):
                self._client.delete_object(Bucket=self._bucket, Key=found["Key"])
