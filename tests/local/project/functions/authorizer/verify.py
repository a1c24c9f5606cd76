"""Admit every token but two."""

import time


def handler(event, context):
    token = event["identitySource"][0]
    if token == "refused":
        return {"isAuthorized": False}
    if token == "broken":
        raise RuntimeError(token)
    return {"isAuthorized": True, "context": {"token": token, "asked": str(time.monotonic_ns()), "kind": event["type"]}}
