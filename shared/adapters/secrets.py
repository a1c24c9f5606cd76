"""AWS Secrets Manager."""

import logging

import boto3
from botocore.exceptions import BotoCoreError

from shared.adapters import aws
from shared.core.errors import Unavailable


class SecretsUnavailable(Unavailable):
    title = "What this needs to begin could not be read; try again"


def read(arn: str) -> str:
    """The current value of a secret. A caller waits for it, so it comes within 10 s or not at all."""
    client = boto3.client("secretsmanager", config=aws.config(read_timeout=3, retries={"total_max_attempts": 2}))
    try:
        return str(client.get_secret_value(SecretId=arn)["SecretString"])
    except BotoCoreError as error:
        logging.getLogger(__name__).warning("no answer about %s", arn, exc_info=True)
        raise SecretsUnavailable(retry_after=5) from error
