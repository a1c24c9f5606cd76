"""A caller of the product: in this process through the handlers, or over HTTP through a running stack."""

import base64
import http.client
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from tests.support import lambdas
from tools.problems import refusals

PASSWORD = "a long enough phrase"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Request:
    """A call to make: `json` or `body` (with `content_type`)."""

    method: str
    path: str  # with the query
    json: Any = None
    body: bytes | None = None
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> tuple[dict[str, str], bytes | None]:
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.json is not None:
            return {"content-type": "application/json"} | headers, json.dumps(self.json).encode()
        return ({"content-type": self.content_type} if self.content_type else {}) | headers, self.body


Transport = Callable[[Request], Answer]


def in_process(request: Request, claims: Mapping[str, str] | None = None) -> Answer:
    """As API Gateway does it: route, authorizer (or what it is to have found), payload 2.0, handler."""
    url = urlsplit(request.path)
    headers, body = request.content
    found = lambdas.route(request.method, url.path)
    if found is None:
        return Answer(404, {}, b'{"message":"Not Found"}')
    function, path_parameters = found
    query = {name: ",".join(values) for name, values in parse_qs(url.query, keep_blank_values=True).items()}
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": function.spec.route.operation,
        "rawPath": unquote(url.path),
        "rawQueryString": url.query,
        "headers": headers,
        "isBase64Encoded": body is not None,
        "requestContext": {
            "requestId": uuid.uuid4().hex,
            "stage": "$default",
            "http": {
                "method": request.method,
                "path": url.path,
                "sourceIp": headers.pop("x-test-ip", "127.0.0.1"),
                "protocol": "HTTP/1.1",
                "userAgent": "test",
            },
        },
    }
    if query:
        event["queryStringParameters"] = query
    if path_parameters:
        event["pathParameters"] = path_parameters
    if body is not None:
        event["body"] = base64.b64encode(body).decode()
    if not function.spec.public:
        if "authorization" not in headers:
            return Answer(401, {"content-type": "application/json"}, b'{"message":"Unauthorized"}')
        event["requestContext"]["authorizer"] = {"lambda": claims or lambdas.authorize(headers)}
    answer = function.handler(event, lambdas.Context())
    content = answer.get("body", "")
    decoded = base64.b64decode(content) if answer.get("isBase64Encoded") else content.encode()
    made = Answer(answer["statusCode"], answer["headers"], decoded)
    if made.headers["content-type"] == "application/problem+json" and made.status != 500:
        named = {f"/problems/{problem.slug}" for problem in refusals(function.spec)}
        assert made.json["type"] in named, f"{function.spec.route.operation} does not declare {made.json['type']}"
    return made


def over_http(base_url: str) -> Transport:
    """Through a running stack."""
    address = urlsplit(base_url)

    def send(request: Request) -> Answer:
        headers, body = request.content
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
        try:
            connection.request(request.method, request.path, body, dict(headers))
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    return send


@dataclass
class Client:
    """Somebody with a token, or nobody."""

    transport: Transport = in_process
    token: str | None = None
    account: dict[str, Any] = field(default_factory=dict)  # the answer of sign-up or sign-in

    def send(self, request: Request) -> Answer:
        headers = dict(request.headers)
        if self.token:
            headers.setdefault("authorization", f"Bearer {self.token}")
        return self.transport(
            Request(request.method, request.path, request.json, request.body, request.content_type, headers)
        )

    def get(self, path: str, /, **query: object) -> Answer:
        return self.send(Request("GET", f"{path}?{urlencode(query)}" if query else path))

    def post(self, path: str, json: Any = None, **headers: str) -> Answer:
        return self._write("POST", path, json, headers)

    def patch(self, path: str, json: Any = None, **headers: str) -> Answer:
        return self._write("PATCH", path, json, headers)

    def delete(self, path: str, json: Any = None, **headers: str) -> Answer:
        return self._write("DELETE", path, json, headers)

    def upload(self, path: str, filename: str, content: bytes, **fields: str) -> Answer:
        return self.send(multipart(path, filename, content, **fields))

    def _write(self, method: str, path: str, json: Any, headers: Mapping[str, str]) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send(Request(method, path, json, headers=named))


def multipart(path: str, filename: str, content: bytes, **fields: str) -> Request:
    """A form with one `file` and text fields."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = f'--{boundary}\r\ncontent-disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'
    body = "".join([*parts, head]).encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return Request("POST", path, body=body, content_type=f"multipart/form-data; boundary={boundary}")


def new_email() -> str:
    return f"{uuid.uuid4().hex}@example.com"


def sign_up(transport: Transport = in_process, *, company: str = "Sharma Packaging") -> Client:
    """The owner of a new tenant."""
    given = {"email": new_email(), "password": PASSWORD, "full_name": "Asha Sharma", "company_name": company}
    answer = Client(transport).post("/api/auth/signup", given)
    assert answer.status == 201, answer.body
    return Client(transport, answer.json["access_token"], answer.json)
