"""API Gateway's HTTP API on this machine: routes, authorizers and CORS of the templates, events of version 2.0."""

import base64
import json
import re
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import responses
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from local.cloudformation import ACCOUNT, REGION
from local.queues import Invoke
from local.templates import Cors, Project, Route
from local.workers import TooLarge

Environment = Mapping[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]
Headers = list[tuple[str, str]]
Event = dict[str, Any]
TEXT = re.compile(r"text/.*|application/(json|javascript|xml)")  # bodies of other types travel as base64, as on AWS
KEPT_BY_SERVER = {"connection", "content-length", "date", "keep-alive", "transfer-encoding", "upgrade"}


class Reply(NamedTuple):
    status: int
    headers: Headers
    body: bytes = b""


class Gateway:
    """The WSGI application behind `base_url`. What an authorizer said is kept until the clock is moved."""

    def __init__(self, project: Project, invoke: Invoke, clock_offset: Callable[[], float]) -> None:
        self._project, self._invoke, self._clock_offset = project, invoke, clock_offset
        routes = sorted(project.routes, key=lambda route: [_rank(part) for part in route.path.split("/")])
        self._routes = [(_pattern(route.path), route) for route in routes]
        self._authority: dict[tuple[str, str, float], tuple[float, Event]] = {}

    def __call__(self, environment: Environment, start_response: StartResponse) -> Iterable[bytes]:
        reply = self._reply(environment)
        start_response(f"{reply.status} {responses.get(reply.status, 'Unknown')}", reply.headers)
        return [reply.body]

    def _reply(self, environment: Environment) -> Reply:
        path = environment["REQUEST_URI"].partition("?")[0]
        matching = [(route, found) for pattern, route in self._routes if (found := pattern.fullmatch(path))]
        method = environment["REQUEST_METHOD"]
        chosen = next(((route, found) for route, found in matching if route.method in (method, "ANY")), None)
        cors = _cors_headers(
            chosen[0].cors if chosen else matching[0][0].cors if matching else None, environment, method
        )
        if chosen is None:
            if matching and method == "OPTIONS":
                return Reply(204, cors)
            reply = problem(404, "There is no such thing here", f"No operation {method} {unquote(path)}")
        else:
            reply = self._serve(
                environment, chosen[0], {name: unquote(value) for name, value in chosen[1].groupdict().items()}
            )
        given = (
            []
            if not cors
            else [header for header in reply.headers if not header[0].lower().startswith("access-control-")]
        )
        return reply._replace(headers=(given or reply.headers) + cors)

    def _serve(self, environment: Environment, route: Route, parameters: dict[str, str]) -> Reply:
        event = _event(environment, route, parameters)
        try:
            if route.authorizer:
                refusal = self._authorize(event, route)
                if refusal:
                    return refusal
            answer = self._invoke(route.function, json.dumps(event).encode())
        except TooLarge:
            return problem(413, "This is larger than is taken here", "A request may have 6 MB, a file of it 4 MB")
        if answer.error == "Sandbox.Timedout":
            return _message(503, "Service Unavailable")
        return _message(500, "Internal Server Error") if answer.error else _rendered(answer.payload)

    def _authorize(self, event: Event, route: Route) -> Reply | None:
        """Put what the authorizer says into the event; a reply where the gateway itself refuses."""
        token = event["headers"].get("authorization", "")
        if not token:
            return _message(401, "Unauthorized")
        key = route.authorizer, token, self._clock_offset()
        until, said = self._authority.get(key, (0.0, {}))
        if time.monotonic() > until:
            question = event | {"type": "REQUEST", "routeArn": _route_arn(event), "identitySource": [token]}
            question.pop("body", None)
            answer = self._invoke(route.authorizer, json.dumps(question).encode())
            said = {} if answer.error else json.loads(answer.payload)
            if not isinstance(said, dict) or "isAuthorized" not in said:
                return _message(500, "Internal Server Error")
            if len(self._authority) > 1000:
                self._authority.clear()
            self._authority[key] = time.monotonic() + route.authority_seconds, said
        if not said["isAuthorized"]:
            return _message(403, "Forbidden")
        event["requestContext"]["authorizer"] = {"lambda": said.get("context") or {}}
        return None


def problem(status: int, title: str, detail: str) -> Reply:
    """An RFC 9457 document, as the harness of the functions would answer."""
    slug = re.sub(r"\W+", "-", HTTPStatus(status).phrase.lower())
    document = {"type": f"/problems/{slug}", "title": title, "status": status, "detail": detail}
    headers = [
        ("content-type", "application/problem+json"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ]
    return Reply(status, headers, json.dumps(document).encode())


def _message(status: int, text: str) -> Reply:
    return Reply(status, [("content-type", "application/json")], json.dumps({"message": text}).encode())


def _rank(part: str) -> int:
    """A fixed word wins over a parameter, a parameter over the rest of the path."""
    return 0 if not part.startswith("{") else 2 if part.endswith("+}") else 1


def _pattern(path: str) -> re.Pattern[str]:
    parts = [
        re.escape(part) if _rank(part) == 0 else f"(?P<{part.strip('{+}')}>{'.+' if _rank(part) == 2 else '[^/]+'})"
        for part in path.split("/")
    ]
    return re.compile("/".join(parts), re.DOTALL)


def _cors_headers(cors: Cors | None, environment: Environment, method: str) -> Headers:
    origin = environment.get("HTTP_ORIGIN")
    if cors is None or origin is None or (origin not in cors.origins and "*" not in cors.origins):
        return []
    headers = [("access-control-allow-origin", origin), ("vary", "origin")]
    if method == "OPTIONS":
        headers += cors.headers.items()
    elif cors.exposed:
        headers.append(("access-control-expose-headers", cors.exposed))
    return headers


def _event(environment: Environment, route: Route, parameters: dict[str, str]) -> Event:
    headers = _headers(environment)
    path = unquote(environment["REQUEST_URI"].partition("?")[0])
    query: dict[str, str] = {}
    for name, value in parse_qsl(environment.get("QUERY_STRING", ""), keep_blank_values=True):
        query[name] = f"{query[name]},{value}" if name in query else value
    now = datetime.now(UTC)
    host = headers.get("host", "")
    key = f"{route.method} {route.path}"
    http = {
        "method": environment["REQUEST_METHOD"], "path": path, "protocol": environment["SERVER_PROTOCOL"],
        "sourceIp": environment["REMOTE_ADDR"], "userAgent": headers.get("user-agent", ""),
    }  # fmt: skip
    context = {
        "accountId": ACCOUNT, "apiId": "local", "domainName": host, "domainPrefix": host.partition(".")[0],
        "http": http, "requestId": uuid.uuid4().hex, "routeKey": key, "stage": "$default",
        "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000"), "timeEpoch": int(now.timestamp() * 1000),
    }  # fmt: skip
    cookies = [cookie.strip() for cookie in headers.pop("cookie", "").split(";") if cookie.strip()]
    event: Event = {
        "version": "2.0", "routeKey": key, "rawPath": path, "rawQueryString": environment.get("QUERY_STRING", ""),
        "headers": headers, "requestContext": context, "isBase64Encoded": False,
    }  # fmt: skip
    event |= {"cookies": cookies} if cookies else {}
    event |= {"queryStringParameters": query} if query else {}
    event |= {"pathParameters": parameters} if parameters else {}
    return event | _body(environment["wsgi.input"].read(), headers.get("content-type", ""))


def _headers(environment: Environment) -> dict[str, str]:
    headers = {
        name[5:].replace("_", "-").lower(): value for name, value in environment.items() if name.startswith("HTTP_")
    }
    for name, variable in (("content-type", "CONTENT_TYPE"), ("content-length", "CONTENT_LENGTH")):
        if environment.get(variable):
            headers[name] = environment[variable]
    peer = environment["REMOTE_ADDR"]
    headers["x-forwarded-for"] = f"{headers['x-forwarded-for']}, {peer}" if "x-forwarded-for" in headers else peer
    return headers | {"x-forwarded-proto": "http", "x-forwarded-port": environment["SERVER_PORT"]}


def _body(body: bytes, content_type: str) -> Event:
    if not body:
        return {}
    if TEXT.fullmatch(content_type.partition(";")[0].strip().lower()):
        try:
            return {"body": body.decode()}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


def _route_arn(event: Event) -> str:
    http = event["requestContext"]["http"]
    return f"arn:aws:execute-api:{REGION}:{ACCOUNT}:local/$default/{http['method']}{http['path']}"


def _rendered(payload: bytes) -> Reply:
    """A function answers {statusCode, headers, cookies, body, isBase64Encoded}; anything else is the body of a 200."""
    answer = json.loads(payload)
    if not isinstance(answer, dict) or "statusCode" not in answer:
        return Reply(200, [("content-type", "application/json")], payload)
    body = answer.get("body") or ""
    headers = [
        (name.lower(), str(value).encode().decode("latin-1"))
        for name, value in (answer.get("headers") or {}).items()
        if name.lower() not in KEPT_BY_SERVER
    ]
    headers += [("set-cookie", str(cookie)) for cookie in answer.get("cookies") or []]
    content = base64.b64decode(body) if answer.get("isBase64Encoded") else str(body).encode()
    return Reply(int(answer["statusCode"]), headers, content)
