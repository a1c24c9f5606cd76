"""Malformed requests: never a 5xx, always a problem document. A sample here, all of them in `make soak`."""

import base64
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.support import cases
from tests.support.client import Answer, Client, Request
from tests.support.database import Database
from tests.support.examples import Operation, new_caller, operations

WRITES = [op for op in operations() if op.api.route.body]
SEED = 20261120


def bodies() -> list[bytes]:
    """Every document of the JSON test suite, and two that its authors generate for their size."""
    return [base64.b64decode(file["bytes_b64"]) for file in json_suite()] + [b"[" * 100_000, b'[{"":' * 50_000]


def json_suite() -> list[dict[str, str]]:
    files: list[dict[str, str]] = cases.load("conformance/json_test_suite.json")["files"]
    return files


def naughty() -> list[str]:
    strings: list[str] = cases.load("conformance/naughty_strings.json")["strings"]
    return strings


def spoilt(value: Any, text: str) -> Iterator[Any]:
    """The same JSON with one of its values replaced, each in turn."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from (value | {name: changed} for changed in spoilt(part, text))
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from ([*value[:position], changed, *value[position + 1 :]] for changed in spoilt(part, text))
    else:
        yield text


def requests(op: Operation, caller: Client) -> Iterator[Request]:
    good = op.example(caller)
    kind = good.content_type or "application/json"
    for body in bodies():
        yield replace(good, json=None, body=body, content_type=kind)
    for text in naughty() if good.json is not None else ():
        for changed in spoilt(good.json, text):
            yield replace(good, json=changed)


def check(answer: Answer, request: Request) -> None:
    assert answer.status < 500, (request, answer.body)
    if answer.status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json["status"] == answer.status


def run(share: float, database: Database) -> int:
    """Each operation has a caller of its own: what is wrong may be counted as guesses and lock him."""
    chosen, count = random.Random(SEED), 0
    for op in WRITES:
        caller = new_caller(op, database)
        for request in requests(op, caller):
            if chosen.random() < share:
                check(caller.send(request), request)
                count += 1
    return count


def test_json_is_read_as_the_standard_says(owner: Client) -> None:
    """What RFC 8259 allows is judged by its fields; what it forbids is refused as no JSON."""
    for file in json_suite():
        request = Request("PATCH", "/api/user-profile", body=base64.b64decode(file["bytes_b64"]))
        answer = owner.send(request)
        check(answer, request)
        malformed = answer.status == 422 and "Invalid JSON" in answer.json["errors"][0]["detail"]
        if file["expect"] != "either":
            assert malformed == (file["expect"] == "reject"), (file["name"], answer.body)
    cases.ran("JSON test suite", len(json_suite()))


def test_a_sample_of_malformed_requests(database: Database) -> None:
    cases.ran("malformed requests", run(0.02, database))


@pytest.mark.soak
def test_all_malformed_requests(database: Database) -> None:
    count = run(1, database)
    cases.ran("malformed requests", count)
    assert count >= 10_000
