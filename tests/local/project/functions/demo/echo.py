"""Answer with the event and the environment."""

import os

from shared.greeting import WORD


def handler(event, context):
    print("echoing", event["rawPath"])
    return {"event": event, "word": WORD, "environment": dict(os.environ)}
