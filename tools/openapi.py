"""`make openapi`: docs/openapi.json from the handlers, the copy that is served, and what the problems' pages say.

`python -m tools.openapi --check` writes nothing and fails where a file differs.
All models pass through pydantic in one call, so two of one name cannot merge.
"""

import json
import re
import sys
from typing import Any

import jsonschema_rs
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from shared.core.files import File, Upload
from shared.entry.http import Api
from tools.functions import ROOT, Function, functions
from tools.generated import write
from tools.problems import MEANINGS, described, pages, refusals, usual

Schema = dict[str, Any]
Kind = tuple[Any, JsonSchemaMode]

WRITTEN = {  # path -> indentation: one to read and compare, one that travels with the function that serves it
    "docs/openapi.json": 2,
    "functions/platform/openapi.json": None,
}
PAGES = "functions/platform/problems.json"
DESCRIPTION = """\
Prices corrugated boxes and sends GST quotations.

Sign up or sign in, then send `Authorization: Bearer <access_token>`. Refusals are RFC 9457 problems; invalid input is
422 with `errors`, each with a JSON pointer. Money is a decimal string beside its currency; unknown fields are refused.
Changes that list it take an `Idempotency-Key`: the same key with the same body repeats the first answer for 24 hours.
"""
PROBLEM = {
    "type": "object",
    "description": "RFC 9457; members besides these are the facts of the case",
    "required": ["type", "title", "status", "instance"],
    "properties": {
        "type": {"type": "string", "description": "A page of this host", "examples": ["/problems/paper-price-missing"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do about it"},
        "instance": {"type": "string", "description": "Identifies the request in our logs"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "examples": ["#/layers/2/rate"]},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
GATEWAY_ANSWER = {"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}}}
BINARY = {"type": "string", "format": "binary"}


class Plain(GenerateJsonSchema):
    """Without a title for each field, which would repeat its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def document(found: list[Function]) -> Schema:
    """The OpenAPI 3.1 document of these functions. Refuses two models, operations or names that are the same."""
    apis = [(function, function.spec) for function in found if isinstance(function.spec, Api)]
    kinds = dict.fromkeys(kind for _, api in apis for kind in _kinds(api))
    refs, definitions = TypeAdapter.json_schemas(
        [(kind, mode, TypeAdapter(kind)) for kind, mode in kinds],
        ref_template="#/components/schemas/{model}",
        schema_generator=Plain,
    )
    schemas = definitions.get("$defs", {}) | {"Problem": PROBLEM, "GatewayAnswer": GATEWAY_ANSWER}
    if twice := [name for name in schemas if re.match("(shared|functions)__", name)]:  # so pydantic tells them apart
        raise SystemExit(f"models of the same name: {', '.join(twice)}")
    if Upload.__name__ in schemas:
        schemas[Upload.__name__] = BINARY
    _drop_inner_defaults(schemas, schemas)
    paths: Schema = {}
    names: set[str] = set()
    for function, api in apis:
        parameters = _resolved(refs[api.route.parameters, "validation"], schemas)
        operations = paths.setdefault(api.route.path, {})
        if api.route.method.lower() in operations or function.stem in names:
            raise SystemExit(f"{function.name}: {api.route.operation} or its name is taken")
        names.add(function.stem)
        operations[api.route.method.lower()] = _operation(function, api, refs, parameters)
    for _, api in apis:
        schemas.pop(api.route.parameters.__name__, None)
    return {
        "openapi": "3.1.0",
        "info": {"title": "BoxCostPro", "version": "1", "description": DESCRIPTION},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": {str(status): _refusal(status, [api for _, api in apis]) for status in MEANINGS},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _drop_inner_defaults(value: Any, schemas: Schema) -> None:
    """A default that no caller could send is ours alone: "" for what is left out, a length in our own unit."""
    if isinstance(value, list):
        for part in value:
            _drop_inner_defaults(part, schemas)
    elif isinstance(value, dict):
        for part in value.values():
            _drop_inner_defaults(part, schemas)
        if "default" in value and not jsonschema_rs.is_valid(
            value | {"components": {"schemas": schemas}}, value["default"]
        ):
            del value["default"]


def _kinds(api: Api) -> list[Kind]:
    """What of an operation has a JSON schema."""
    kinds: list[Kind] = [(api.route.parameters, "validation")]
    if api.route.body and issubclass(api.route.body.kind, BaseModel):
        kinds.append((api.route.body.kind, "validation"))
    if api.route.answer is not None and not _is_file(api.route.answer):
        kinds.append((api.route.answer, "serialization"))
    return kinds


def _is_file(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, File)


def _resolved(schema: Schema, schemas: Schema) -> Schema:
    reference = schema.get("$ref")
    return schemas[reference.rpartition("/")[2]] if reference else schema


def _operation(function: Function, api: Api, refs: dict[Kind, Schema], parameters: Schema) -> Schema:
    route = api.route
    described = {"description": route.description} if route.description else {}
    body = {"requestBody": {"required": not route.body.optional, "content": _body(api, refs)}} if route.body else {}
    return {
        "operationId": function.stem,
        "tags": [function.domain],
        "summary": route.summary,
        **described,
        "security": [] if api.public else [{"bearer": []}],
        "parameters": _parameters(api, parameters),
        **body,
        "responses": {str(route.status): _success(api, refs)}
        | {str(status): _refused(api, status) for status in statuses(api)},
    }


def _parameters(api: Api, schema: Schema) -> list[Schema]:
    found = []
    for name, value in schema.get("properties", {}).items():
        described = {"description": value["description"]} if "description" in value else {}
        in_path = f"{{{name}}}" in api.route.path
        found.append({
            "name": name,
            "in": "path" if in_path else "query",
            "required": name in schema.get("required", []),
            **described,
            "schema": {key: part for key, part in value.items() if key != "description"} if in_path else value,
        })  # fmt: skip
    if api.takes_key:
        key = {"type": "string", "minLength": 1, "maxLength": 255}
        found.append(
            {"name": "Idempotency-Key", "in": "header", "required": api.idempotency == "required", "schema": key}
        )
    return found


def _body(api: Api, refs: dict[Kind, Schema]) -> Schema:
    assert api.route.body
    kind = api.route.body.kind
    return {api.route.body.media_type: {"schema": _file(kind) if issubclass(kind, File) else refs[kind, "validation"]}}


def _file(kind: type[File]) -> Schema:
    return {"type": "string"} if kind.media_type.startswith("text/") else BINARY


def _success(api: Api, refs: dict[Kind, Schema]) -> Schema:
    answer = api.route.answer
    found: Schema = {"description": "Done"}
    if api.takes_key:
        replayed = {"description": "This repeats the answer to an earlier request", "schema": {"const": "true"}}
        found["headers"] = {"Idempotency-Replayed": replayed}
    if _is_file(answer):
        found["content"] = {answer.media_type: {"schema": _file(answer)}}
    elif answer is not None:
        found["content"] = {"application/json": {"schema": refs[answer, "serialization"]}}
    if file := api.route.file:
        found["content"][file.media_type] = {"schema": _file(file)}
    return found


def statuses(api: Api) -> list[int]:
    """Of the refusals an operation may answer."""
    return sorted({500} | {problem.kind.value for problem in refusals(api)})


def _refused(api: Api, status: int) -> Schema:
    """One refusal of an operation, in words of its own where it declares a problem of this status."""
    found = {"$ref": f"#/components/responses/{status}"}
    if any(problem.kind.value == status for problem in api.problems):
        found["description"] = described(status, refusals(api))
    return found


def _refusal(status: int, apis: list[Api]) -> Schema:
    content: Schema = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    if status == 401:
        content["application/json"] = {"schema": {"$ref": "#/components/schemas/GatewayAnswer"}}
    usually = {problem for api in apis for problem in usual(api)}
    found: Schema = {"description": described(status, usually), "content": content}
    if status in (423, 429, 503):
        found["headers"] = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}
    if status == 429:
        found["headers"] |= {
            "RateLimit": {"description": "The limit, units left, seconds", "schema": {"type": "string"}},
            "RateLimit-Policy": {"description": "The limit, units, per seconds", "schema": {"type": "string"}},
        }
    return found


def main() -> int:
    found = functions()
    made = document(found)
    texts = {ROOT / path: _text(made, indent) for path, indent in WRITTEN.items()}
    return write(texts | {ROOT / PAGES: _text(pages(found), 1)}, "make openapi")


def _text(value: object, indent: int | None) -> str:
    return json.dumps(value, indent=indent, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
