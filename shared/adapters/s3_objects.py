"""How files leave a bucket, whichever it is."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef


def delete(client: "S3Client", bucket: str, keys: list[str]) -> None:
    """RuntimeError, naming the first, if some stay."""
    objects: list[ObjectIdentifierTypeDef] = [{"Key": key} for key in keys]
    answer = client.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})
    if failed := answer.get("Errors"):
        raise RuntimeError(f"{len(failed)} objects were not deleted, among them {failed[0]}")


def delete_all(client: "S3Client", bucket: str, prefix: str) -> None:
    """A page is what one call deletes: 1,000 objects."""
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        if keys := [found["Key"] for found in page.get("Contents", [])]:
            delete(client, bucket, keys)
