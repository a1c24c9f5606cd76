"""What the OpenAPI document shows as examples is what the product takes and gives."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from tests.support.client import PASSWORD, Client, Request, over_http, sign_up
from tests.support.stack import Stack
from tools.functions import ROOT

OWN_PASSWORD = {"password", "current_password"}
MADE_UP = {401, 403, 404, 409, 410}  # an id, address, code or token of an example belongs to nobody
SHAPELESS = {"/problems/invalid", "/problems/unsupported", "/problems/bad-request", "/problems/unauthenticated"}

Schema = dict[str, Any]


@cache
def document() -> Schema:
    found: Schema = json.loads((ROOT / "docs/openapi.json").read_text("utf-8"))
    return found


def with_examples(node: Any, path: str = "#") -> Iterator[tuple[str, Schema]]:
    """Every schema of the document that has examples, and where it is."""
    if isinstance(node, dict):
        if isinstance(node.get("examples"), list):
            yield path, node
        for name, part in node.items():
            yield from with_examples(part, f"{path}/{name}")


def with_json_body() -> list[tuple[str, str, Schema]]:
    """(method, path, schema of the body) of every operation that takes JSON."""
    return [
        (method.upper(), path, operation["requestBody"]["content"]["application/json"]["schema"])
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]


def example_of(schema: Schema, name: str = "body") -> Any:
    """The whole example of a schema, or one put together from those of its required parts, or of all if none is."""
    if "$ref" in schema:
        return example_of(document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]], name)
    if "examples" in schema:
        return schema["examples"][0]
    if "default" in schema:
        return schema["default"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], name)
    if "properties" in schema:
        parts = schema.get("required") or schema["properties"]
        return {part: example_of(schema["properties"][part], part) for part in parts}
    if "items" in schema:
        return [example_of(schema["items"], name)]
    if schema.get("format") == "uuid":
        return str(uuid4())
    raise AssertionError(f"the document shows no example of {name}")


@pytest.mark.parametrize(("path", "schema"), list(with_examples(document())))
def test_an_example_fits_its_schema(path: str, schema: Schema) -> None:
    validator = Draft202012Validator({**schema, "components": document()["components"]})
    assert [error.message for example in schema["examples"] for error in validator.iter_errors(example)] == []


@pytest.mark.parametrize(("method", "path", "schema"), with_json_body())
def test_an_example_is_accepted(stack: Stack, method: str, path: str, schema: Schema) -> None:
    owner: Client = sign_up(over_http(stack.base_url))
    body = example_of(schema)
    body |= dict.fromkeys(OWN_PASSWORD & body.keys(), PASSWORD)
    key = {"idempotency-key": uuid4().hex}
    answer = owner.send(Request(method, path.replace("{", "").replace("}", ""), body, headers=key))
    declared = document()["paths"][path][method.lower()]["responses"]
    successes = {int(status) for status in declared if status.startswith("2")}
    if answer.status not in successes:
        assert answer.status in MADE_UP, answer.body
        assert answer.json["type"] not in SHAPELESS, answer.body
