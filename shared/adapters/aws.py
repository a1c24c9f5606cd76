"""How clients of AWS are made."""

from typing import Any

from botocore.config import Config


def config(**other: Any) -> Config:
    """What every client is made with, and what one wants besides. botocore by itself waits a minute for an answer, and
    asks five times: the Lambda is over before it gives up, and its caller learns nothing."""
    return Config(**{"connect_timeout": 2, "read_timeout": 10, "retries": {"total_max_attempts": 3}, **other})


def s3_config(**other: Any) -> Config:
    """For a bucket's files. Links name the host of the region: the one of all regions knows a new bucket only after
    hours. A checksum of botocore's own would have to be sent by who uploads, and make it read a file twice."""
    host = {"addressing_style": "virtual"}
    return config(signature_version="s3v4", request_checksum_calculation="when_required", s3=host, **other)
