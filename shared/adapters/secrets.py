"""AWS Secrets Manager."""

import boto3


def read(arn: str) -> str:
    """The current value of a secret."""
    return str(boto3.client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])
