"""Amazon EventBridge, which carries events from the outbox to the queues of their consumers."""

import json

import boto3

from shared.adapters import aws

AT_ONCE = 10  # entries a PutEvents call takes


class EventBridge:
    """`shared.core.outbox.Bus` on an event bus: one entry an event, `DetailType` its name."""

    def __init__(self, name: str) -> None:
        self._name, self._client = name, boto3.client("events", config=aws.config())

    def put(self, events: list[tuple[str, dict[str, object]]]) -> dict[int, str]:
        """Answers the positions of the events that were refused, each with its ErrorCode."""
        refused: dict[int, str] = {}
        for start in range(0, len(events), AT_ONCE):
            entries = [
                {"EventBusName": self._name, "Source": "boxcostpro", "DetailType": name, "Detail": json.dumps(detail)}
                for name, detail in events[start : start + AT_ONCE]
            ]
            results = self._client.put_events(Entries=entries)["Entries"]  # type: ignore[arg-type]
            refused |= {
                start + position: result["ErrorCode"]
                for position, result in enumerate(results)
                if "ErrorCode" in result
            }
        return refused
