"""The queue that wakes the outbox relay."""

import logging
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters import aws

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


@cache
def _client() -> "SQSClient":
    """Whoever has changed something waits for this."""
    config = aws.config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2})
    return boto3.client("sqs", config=config)


def nudge(url: str) -> None:
    """Best effort: the transaction is committed already, and the relay's schedule is the net."""
    try:
        _client().send_message(QueueUrl=url, MessageBody="{}")
    except (BotoCoreError, ClientError):
        logging.getLogger(__name__).warning("the relay was not woken", exc_info=True)
