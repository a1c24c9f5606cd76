"""How long a client of AWS waits."""

from typing import Any

from botocore.config import Config


def config(**other: Any) -> Config:
    """What every client is made with, and what one wants besides. botocore by itself waits a minute for an answer, and
    asks five times: the Lambda is over before it gives up, and its caller learns nothing."""
    return Config(**{"connect_timeout": 2, "read_timeout": 10, "retries": {"total_max_attempts": 3}, **other})
