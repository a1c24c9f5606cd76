"""Files in an Amazon S3 bucket."""

from typing import BinaryIO

import boto3

from shared.adapters import aws, s3_objects


class S3:
    """`shared.domains.tenancy.ports.Archives` in a bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket, self._client = bucket, boto3.client("s3", config=aws.s3_config(read_timeout=60))

    def put(self, key: str, file: BinaryIO) -> None:
        self._client.put_object(Bucket=self._bucket, Key=key, Body=file, ContentType="application/zip")

    def link(self, key: str, filename: str, seconds: int) -> str:
        """Signed here, without a round trip; on AWS it also ends with the function's own credentials."""
        named = {"ResponseContentDisposition": f'attachment; filename="{filename}"'}
        return self._client.generate_presigned_url(
            "get_object", {"Bucket": self._bucket, "Key": key, **named}, ExpiresIn=seconds
        )

    def delete_all(self, prefix: str) -> None:
        s3_objects.delete_all(self._client, self._bucket, prefix)
