"""`make fire NAME=quotes/create_quote`: send a function its sample event through the running stack."""

import base64
import json
import sys
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from local import settings

Facts = dict[str, Any]


class Question(NamedTuple):
    method: str
    url: str
    headers: dict[str, str]
    body: bytes


def main(name: str) -> int:
    chosen = settings.read()
    sample = chosen.root / f"events/{name}.json"
    if not sample.exists():
        raise SystemExit(f"There is no events/{name}.json: NAME=domain/stem")
    if not chosen.file.exists():
        raise SystemExit("The stack does not run: `make run` first")
    stack, event = json.loads(chosen.file.read_text()), json.loads(sample.read_text())
    if "http" in event.get("requestContext", {}) and event.get("type") != "REQUEST":
        question = _as_request(stack, event)
    else:  # a job, a consumer, the authorizer
        question = Question("POST", f"{stack['control_url']}/functions/{name}", {}, sample.read_bytes())
    status, content_type, body = _send(question)
    print(f"{question.method} {question.url}\n{status} {content_type}\n{_readable(body)}")
    return int(status >= 500)


def _as_request(stack: Facts, event: Facts) -> Question:
    """The HTTP request of which API Gateway would make this event, sent by the demo user."""
    query = f"?{event['rawQueryString']}" if event.get("rawQueryString") else ""
    body = event.get("body", "").encode()
    if event.get("isBase64Encoded"):
        body = base64.b64decode(body)
    ours = ("host", "authorization", "content-length")
    headers = {
        name: value for name, value in event["headers"].items() if name not in ours and not name.startswith("x-")
    }
    if stack["demo_user"] and "authorization" in event["headers"]:
        headers["authorization"] = f"Bearer {_token(stack)}"
    return Question(
        event["requestContext"]["http"]["method"], stack["base_url"] + quote(event["rawPath"]) + query, headers, body
    )


def _token(stack: Facts) -> str:
    known = json.dumps({name: stack["demo_user"][name] for name in ("email", "password")}).encode()
    headers = {"content-type": "application/json"}
    _, _, body = _send(Question("POST", f"{stack['base_url']}/api/auth/signin", headers, known))
    return str(json.loads(body)["access_token"])


def _send(question: Question) -> tuple[int, str, bytes]:
    parts = urlsplit(question.url)
    connection = HTTPConnection(parts.netloc, timeout=90)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(question.method, path, question.body or None, question.headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("content-type", ""), answer.read()
    finally:
        connection.close()


def _readable(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body.decode() if body.isascii() else f"{len(body)} bytes, beginning {body[:40]!r}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
