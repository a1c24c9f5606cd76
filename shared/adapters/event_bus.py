"""Amazon EventBridge, which carries events from the outbox to the queues of their consumers."""

import json
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters import aws

if TYPE_CHECKING:
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

AT_ONCE = 10  # entries a PutEvents call takes


class EventBridge:
    """`shared.core.outbox.Bus` on an event bus: one entry an event, `DetailType` its name."""

    def __init__(self, name: str) -> None:
        self._name, self._client = name, boto3.client("events", config=aws.config())

    def put(self, events: list[tuple[str, dict[str, object]]]) -> dict[int, str]:
        """Answers the positions of the events that were refused, each with the code.

        Entries that are refused together for what is in them, as for their size, are tried one by one. Any other
        failure would meet every call: no more are made. It is the answer for what is left, or raised if none was taken.
        """
        entries: list[PutEventsRequestEntryTypeDef] = [
            {"EventBusName": self._name, "Source": "boxcostpro", "DetailType": name, "Detail": json.dumps(detail)}
            for name, detail in events
        ]
        refused: dict[int, str] = {}
        calls = [range(len(entries))[start : start + AT_ONCE] for start in range(0, len(entries), AT_ONCE)]
        while calls:
            positions = calls.pop(0)
            try:
                results = self._client.put_events(Entries=[entries[position] for position in positions])["Entries"]
            except (ClientError, BotoCoreError) as error:
                code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
                if not _is_of_content(error):
                    if len(refused) == positions[0]:  # all before were refused
                        raise
                    return refused | dict.fromkeys(range(positions[0], len(entries)), code)
                if len(positions) == 1:
                    refused[positions[0]] = code
                else:
                    calls = [range(position, position + 1) for position in positions] + calls
            else:
                codes = zip(positions, (result.get("ErrorCode") for result in results), strict=True)
                refused |= {position: code for position, code in codes if code}
        return refused


def _is_of_content(error: ClientError | BotoCoreError) -> bool:
    """Whether EventBridge has looked at the entries and does not want them: it says so, or 413 and nothing."""
    if not isinstance(error, ClientError):
        return False
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return error.response["Error"]["Code"] == "ValidationException" or status == 413
