"""Amazon EventBridge, which carries events from the outbox to the queues of their consumers."""

import json

import boto3

AT_ONCE = 10  # entries a PutEvents call takes


class EventBridge:
    """`shared.core.outbox.Bus` on an event bus: one entry an event, `DetailType` its name."""

    def __init__(self, name: str) -> None:
        self._name, self._client = name, boto3.client("events")

    def put(self, events: list[tuple[str, dict[str, object]]]) -> list[int]:
        """Answers the positions of the events that were refused."""
        refused: list[int] = []
        for start in range(0, len(events), AT_ONCE):
            entries = [
                {"EventBusName": self._name, "Source": "boxcostpro", "DetailType": name, "Detail": json.dumps(detail)}
                for name, detail in events[start : start + AT_ONCE]
            ]
            results = self._client.put_events(Entries=entries)["Entries"]  # type: ignore[arg-type]
            refused += [start + position for position, result in enumerate(results) if "ErrorCode" in result]
        return refused
