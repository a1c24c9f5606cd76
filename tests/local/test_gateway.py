"""The gateway does what API Gateway's HTTP API does."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.local.small import JSON, Reply, Stack


def event_of(reply: Reply) -> Any:
    assert reply.status == 200, reply.body
    return reply.json["event"]


def answered(stack: Stack, **asked: object) -> Reply:
    return stack.ask("POST", "/answer", json.dumps(asked).encode(), JSON)


def test_an_event_has_the_shape_of_payload_version_2(stack: Stack) -> None:
    headers = {"X-Mixed-Case": "one", "Cookie": "a=1; b=2", "User-Agent": "test/1"}
    event = event_of(stack.ask("GET", "/echo/a%20b%2Fc?x=1&x=2&y=%E2%82%B9&empty=", headers=headers))
    assert event["version"] == "2.0"
    assert event["routeKey"] == event["requestContext"]["routeKey"] == "GET /echo/{id}"
    assert event["rawPath"] == "/echo/a b/c"
    assert event["rawQueryString"] == "x=1&x=2&y=%E2%82%B9&empty="
    assert event["queryStringParameters"] == {"x": "1,2", "y": "₹", "empty": ""}
    assert event["pathParameters"] == {"id": "a b/c"}
    assert event["cookies"] == ["a=1", "b=2"]
    assert event["headers"]["x-mixed-case"] == "one"
    assert "cookie" not in event["headers"]
    assert all(name == name.lower() for name in event["headers"])
    http = event["requestContext"]["http"]
    assert (http["method"], http["protocol"], http["sourceIp"], http["userAgent"]) == (
        "GET",
        "HTTP/1.1",
        "127.0.0.1",
        "test/1",
    )
    assert {"requestId", "time", "timeEpoch", "stage", "apiId", "accountId", "domainName"} <= set(
        event["requestContext"]
    )
    assert event["isBase64Encoded"] is False
    assert "body" not in event


def test_a_client_in_front_is_named_before_the_peer(stack: Stack) -> None:
    event = event_of(stack.ask("GET", "/echo", headers={"X-Forwarded-For": "203.0.113.9"}))
    assert event["headers"]["x-forwarded-for"] == "203.0.113.9, 127.0.0.1"


@pytest.mark.parametrize(
    ("headers", "body", "text", "encoded"),
    [
        (JSON, b'{"a": 1}', '{"a": 1}', False),
        ({"content-type": "text/csv; charset=utf-8"}, "é".encode(), "é", False),
        ({"content-type": "application/x-www-form-urlencoded"}, b"a=1", "YT0x", True),
        ({"content-type": "application/octet-stream"}, b"\x00\xff", "AP8=", True),
        (JSON, b"\xff", "/w==", True),
    ],
)
def test_only_text_travels_unencoded(
    stack: Stack, headers: dict[str, str], body: bytes, text: str, encoded: bool
) -> None:
    event = event_of(stack.ask("POST", "/echo", body, headers))
    assert (event["body"], event["isBase64Encoded"]) == (text, encoded)


@pytest.mark.parametrize(
    ("path", "route"), [("/echo/fixed", "/echo/fixed"), ("/echo/other", "/echo/{id}"), ("/echo/a/b", "/echo/{proxy+}")]
)
def test_the_most_exact_route_wins(stack: Stack, path: str, route: str) -> None:
    assert event_of(stack.ask("GET", path))["routeKey"] == f"GET {route}"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nothing"), ("DELETE", "/echo"), ("GET", "/echo/"), ("OPTIONS", "/no")]
)
def test_an_unknown_path_or_method_is_a_problem(stack: Stack, method: str, path: str) -> None:
    reply = stack.ask(method, path)
    assert (reply.status, reply.headers["content-type"]) == (404, "application/problem+json")
    assert reply.json["status"] == 404
    assert {"type", "title", "detail"} <= set(reply.json)


def test_preflight_is_204_and_admits_known_origins_only(stack: Stack) -> None:
    asked = {"Access-Control-Request-Method": "POST"}
    known = stack.ask("OPTIONS", "/private", headers=asked | {"Origin": "https://app.example.com"})
    assert (known.status, known.body) == (204, b"")
    assert known.headers["access-control-allow-origin"] == "https://app.example.com"
    assert known.headers["access-control-allow-methods"] == "GET,POST"
    assert known.headers["access-control-max-age"] == "600"
    unknown = stack.ask("OPTIONS", "/private", headers=asked | {"Origin": "https://evil.example.com"})
    assert unknown.status == 204
    assert not [name for name in unknown.headers if name.startswith("access-control")]


def test_answers_admit_known_origins_only(stack: Stack) -> None:
    known = stack.ask("GET", "/private", headers={"Origin": "https://app.example.com"})
    assert known.headers["access-control-allow-origin"] == "https://app.example.com"
    assert known.headers["access-control-expose-headers"] == "retry-after"
    assert (
        "access-control-allow-origin"
        not in stack.ask("GET", "/echo", headers={"Origin": "https://evil.example.com"}).headers
    )


def test_without_a_token_the_gateway_answers_itself(stack: Stack) -> None:
    reply = stack.ask("GET", "/private")
    assert (reply.status, reply.json) == (401, {"message": "Unauthorized"})


def test_the_authorizer_is_asked_once_per_token_and_clock(stack: Stack) -> None:
    def context(token: str) -> dict[str, str]:
        event = event_of(stack.ask("GET", "/private", headers={"Authorization": token}))
        found: dict[str, str] = event["requestContext"]["authorizer"]["lambda"]
        return found

    first = context("one")
    assert (first["token"], first["kind"]) == ("one", "REQUEST")
    assert context("one") == first
    assert context("two") != first
    stack.control("POST", "/clock", {"advance_seconds": 1})
    assert context("one")["asked"] != first["asked"]
    stack.control("POST", "/clock", {"reset": True})


def test_an_authorizer_may_refuse_or_fail(stack: Stack) -> None:
    assert stack.ask("GET", "/private", headers={"Authorization": "refused"}).status == 403
    assert stack.ask("GET", "/private", headers={"Authorization": "broken"}).status == 500


def test_a_long_or_odd_token_reaches_the_authorizer(stack: Stack) -> None:
    for token in ("x" * 20_000, "\xff\xfe¼"):
        assert event_of(stack.ask("GET", "/private", headers={"Authorization": token}))


def test_an_answer_is_rendered(stack: Stack) -> None:
    full = answered(
        stack,
        answer={
            "statusCode": 201,
            "headers": {"X-A": "1", "content-type": "application/pdf"},
            "cookies": ["a=1", "b=2"],
            "body": "AP8=",
            "isBase64Encoded": True,
        },
    )
    assert (full.status, full.body, full.headers["x-a"], full.headers["content-type"]) == (
        201,
        b"\x00\xff",
        "1",
        "application/pdf",
    )
    assert answered(stack, answer={"statusCode": 204}).status == 204
    bare = answered(stack, answer={"a": 1})
    assert (bare.status, bare.json, bare.headers["content-type"]) == (200, {"a": 1}, "application/json")


@pytest.mark.parametrize(
    ("asked", "status"), [({"raise": "no"}, 500), ({"exit": 3}, 500), ({"sleep": 9}, 503), ({"large": 7_000_000}, 500)]
)
def test_a_function_that_fails_is_500_and_one_too_slow_503(stack: Stack, asked: dict[str, object], status: int) -> None:
    reply = answered(stack, **asked)
    assert (reply.status, list(reply.json)) == (status, ["message"])
    assert answered(stack, answer=1).json == 1


def test_what_a_lambda_cannot_take_is_413(stack: Stack) -> None:
    binary = {"content-type": "application/octet-stream"}
    assert stack.ask("POST", "/answer", b"x" * 5_000_000, binary).status == 413
    reply = stack.ask("POST", "/answer", b"x" * 7_000_000, JSON)
    assert (reply.status, reply.headers["content-type"]) == (413, "application/problem+json")


def test_callers_above_the_limit_wait_and_are_answered(stack: Stack) -> None:
    def call(_: int) -> int:
        return answered(stack, sleep=0.05, answer=1).status

    with ThreadPoolExecutor(30) as callers:
        assert list(callers.map(call, range(30))) == [200] * 30


def test_a_function_gets_the_variables_that_its_template_declares(stack: Stack) -> None:
    environment = stack.ask("GET", "/echo").json["environment"]
    assert environment["DATABASE_URL"].startswith("postgresql://app:")
    assert {"AWS_ENDPOINT_URL", "MAIL_SMTP", "CLOCK_OFFSET_FILE"} <= set(environment)
    assert not {"EVENT_BUS", "OUTBOX_QUEUE_URL", "SIGNING_KEY", "SESSION_SECRET"} & set(environment)


def test_an_edit_is_served_by_the_next_call(stack: Stack, until: Callable[[Callable[[], bool]], None]) -> None:
    for word in ("olleh", "hello"):  # same size, perhaps in the same second: no compiled file may be taken for fresh
        (stack.root / "shared/greeting.py").write_text(f"WORD = '{word}'\n")
        until(lambda word=word: stack.ask("GET", "/echo").json["word"] == word)  # type: ignore[misc]


def test_a_function_has_a_log(stack: Stack) -> None:
    stack.ask("GET", "/echo/logged")
    log = (stack.home / "logs/demo/echo.log").read_text()
    assert "echoing /echo/logged\n" in log
    assert " ms ok\n" in log
