"""Attached files in an Amazon S3 bucket."""

import boto3

from shared.adapters import aws, s3_objects


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

    def delete(self, keys: list[str]) -> None:
        s3_objects.delete(self._client, self._bucket, keys)

    def delete_all(self, prefix: str) -> None:
        s3_objects.delete_all(self._client, self._bucket, prefix)
