"""What goes back through API Gateway: status, headers, body."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from shared.core.errors import Kind, Problem, TooLarge
from shared.core.files import File

Answer = dict[str, Any]

HEADERS = {
    "content-type": "application/json",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
}
LARGEST = 6 * 1024 * 1024 - 4096  # bytes of a Lambda's answer as JSON, less what stands around the body


def sendable(body: bytes, shown: object) -> bytes:
    """The body of an answer; TooLarge, before anything is committed, for one that a Lambda cannot give."""
    if isinstance(shown, File):
        size = len(body) * 4 // 3  # in base64
    else:
        size = 3 * len(body)  # no character takes more, however it is escaped
        if size > LARGEST:
            size = len(json.dumps(body.decode()))
    if size > LARGEST:
        most = f"{LARGEST:,} can be sent"
        raise TooLarge(f"the answer would have {size:,} bytes, and {most}: split what you send, or ask for less")
    return body


def success(status: int, body: bytes, *, file: File | None = None, replayed: bool = False) -> Answer:
    """JSON, or the bytes of a file in base64."""
    headers = dict(HEADERS)
    if replayed:
        headers["idempotency-replayed"] = "true"
    if file is None:
        return {"statusCode": status, "headers": headers, "body": body.decode()}
    headers |= {"content-type": file.media_type, "cache-control": file.cache_control}
    if file.content_security_policy:
        headers["content-security-policy"] = file.content_security_policy
    if file.filename:
        headers["content-disposition"] = f'inline; filename="{file.filename}"'
    encoded = base64.b64encode(body).decode()
    return {"statusCode": status, "headers": headers, "body": encoded, "isBase64Encoded": True}


def problem(error: Problem, event: Mapping[str, Any]) -> Answer:
    """RFC 9457. `type` names a page of the documentation."""
    document = {"type": f"/problems/{error.slug}", "title": error.title, "detail": str(error), **error.facts}
    answer = _problem(error.kind.value, document, event)
    if "retry_after" in error.facts:
        answer["headers"]["retry-after"] = str(error.facts["retry_after"])
        if error.kind is Kind.LIMITED:  # draft-ietf-httpapi-ratelimit-headers
            name = error.facts.get("limit", "requests")
            answer["headers"]["ratelimit"] = f'"{name}";r=0;t={error.facts["retry_after"]}'
            if "quota" in error.facts:
                answer["headers"]["ratelimit-policy"] = f'"{name}";q={error.facts["quota"]};w=60'
    return answer


def unexpected(event: Mapping[str, Any]) -> Answer:
    """The log has everything; the caller learns only where to look."""
    document = {"type": "about:blank", "title": "Something went wrong on our side; it has been logged"}
    return _problem(500, document, event)


def request_id(event: Mapping[str, Any]) -> str:
    """API Gateway's: the `instance` of a problem, and by which the log finds it."""
    return str(event["requestContext"]["requestId"])


def _problem(status: int, document: Mapping[str, object], event: Mapping[str, Any]) -> Answer:
    body = {**document, "status": status, "instance": request_id(event)}
    headers = HEADERS | {"content-type": "application/problem+json"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body, default=str)}
