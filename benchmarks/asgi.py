"""The least a server does for an ASGI application: one call in, its answer out, no network."""

from typing import Any


async def call(app: Any, scope: dict[str, Any], body: bytes) -> tuple[int, bytes]:
    """Status and body."""
    status, answer = 0, b""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status, answer
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            answer += message.get("body", b"")

    await app(scope, receive, send)
    return status, answer
