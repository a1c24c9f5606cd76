"""Generators: what they refuse, and that what is committed is what they make."""

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel, create_model

from shared.core.files import Csv
from shared.core.settings import SETTINGS
from shared.entry.http import Api
from tools import openapi, root, settings, sizes, templates
from tools.functions import ROOT, Function, functions
from tools.needs import NEEDS


class Thing(BaseModel):
    size: int


def operation(
    path: str, *, domain: str = "boxes", stem: str = "get_thing", answer: Any = Thing, **declared: Any
) -> Function:
    """A function that is not in a file."""
    api = Api(**declared)

    def handler(**given: object) -> object:
        return given

    handler.__annotations__ = {"return": answer}
    handler.__name__ = stem
    handler.__module__, handler.__signature__ = __name__, _signature(path, answer)  # type: ignore[attr-defined]
    api.get(path)(handler)
    return Function(domain, stem, "Get a thing.", api)


def _signature(path: str, answer: Any) -> Any:
    import inspect

    names = re.findall(r"{(\w+)}", path)
    parameters = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=str) for name in names]
    return inspect.Signature(parameters, return_annotation=answer)


@pytest.mark.parametrize("tool", [templates, openapi], ids=["templates", "openapi"])
def test_what_is_committed_is_what_the_code_says(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["tool", "--check"])
    assert tool.main() == 0


def test_the_settings_document_names_every_setting() -> None:
    text = (ROOT / "docs/settings.md").read_text()
    assert text == settings.table()
    assert all(f"| `{name}` |" in text for name in SETTINGS)


def test_the_settings_document_names_every_need_that_gives_a_setting() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` .*\| ([^|]*) \|$", settings.table(), re.MULTILINE))
    given = {(name, variable) for name, need in NEEDS.items() for variable in need.environment}
    assert ("exports_put", "EXPORT_BUCKET") in given
    assert [pair for pair in given if f"`needs={pair[0]}`" not in rows[pair[1]]] == []


def test_two_models_of_one_name_are_refused() -> None:
    other = create_model("Thing", __module__="shared.elsewhere", weight=(int, ...))
    mine = create_model("Thing", __module__="shared.here", size=(int, ...))
    found = [operation("/api/a", answer=mine), operation("/api/b", stem="get_other", answer=other)]
    with pytest.raises(SystemExit, match="models of the same name"):
        openapi.document(found)


def test_two_operations_of_one_route_or_name_are_refused() -> None:
    with pytest.raises(SystemExit, match="taken"):
        openapi.document([operation("/api/a"), operation("/api/a", stem="get_other")])
    with pytest.raises(SystemExit, match="taken"):
        openapi.document([operation("/api/a"), operation("/api/b")])


def test_an_operation_describes_itself() -> None:
    document = openapi.document(
        [operation("/api/things/{thing_id}", scope="quotes:read"), operation("/x", stem="x", answer=Csv, public=True)]
    )
    found = document["paths"]["/api/things/{thing_id}"]["get"]
    assert (found["tags"], found["security"]) == (["boxes"], [{"bearer": []}])
    assert found["parameters"] == [{"name": "thing_id", "in": "path", "required": True, "schema": {"type": "string"}}]
    assert list(found["responses"]) == ["200", "401", "403", "404", "422", "429", "500", "503"]
    public = document["paths"]["/x"]["get"]
    assert (public["security"], list(public["responses"])) == ([], ["200", "422", "429", "500", "503"])
    assert public["responses"]["200"]["content"] == {"text/csv": {"schema": {"type": "string"}}}
    either = openapi.document([operation("/either", answer=Thing | Csv)])["paths"]["/either"]["get"]
    assert list(either["responses"]["200"]["content"]) == ["application/json", "text/csv"]


def test_every_example_of_the_document_is_valid() -> None:
    import jsonschema_rs

    document = openapi.document(functions())
    judged = 0
    for schema in _schemas(document["components"]["schemas"]):
        for example in schema["examples"]:
            assert jsonschema_rs.is_valid(schema | {"components": document["components"]}, example), (schema, example)
            judged += 1
    assert judged > 20


def test_every_json_body_has_an_example() -> None:
    """Its own, or one for each of its required fields."""
    document = openapi.document(functions())
    schemas = document["components"]["schemas"]
    bodies = [
        body["schema"]["$ref"].rpartition("/")[2]
        for operations in document["paths"].values()
        for found in operations.values()
        if (body := found.get("requestBody", {}).get("content", {}).get("application/json"))
        if "$ref" in body["schema"]
    ]
    assert bodies
    for name in bodies:
        schema = schemas[name]
        assert schema.get("examples") or all(
            {"examples", "const", "enum", "$ref", "items"} & set(schema["properties"][field])
            for field in schema.get("required", [])
        ), name


def _schemas(value: Any) -> list[dict[str, Any]]:
    """Every schema that has examples."""
    if isinstance(value, list):
        return [found for part in value for found in _schemas(part)]
    if not isinstance(value, dict):
        return []
    here = [value] if isinstance(value.get("examples"), list) else []
    return here + [found for part in value.values() for found in _schemas(part)]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ({"/api/a/b": "one", "/api/a/{id}": "one", "/api/c": "two"}, ["/api/a*", "/api/c*"]),
        ({"/api/a/b": "one", "/api/a/c": "two"}, ["/api/a/b*", "/api/a/c*"]),
        ({"/api/a": "one", "/api/ab": "two"}, ["/api/ab*", "/api/a*"]),
        ({"/api/a": "one", "/api/a/{id}/b": "two"}, ["/api/a/*/b*", "/api/a*"]),
        ({"/api/a/b": "one", "/api/a/c": "one", "/api/a/d": "two"}, ["/api/a/d*", "/api/a*"]),
        ({"/health": "one", "/health/db": "one"}, ["/health*"]),
    ],
)
def test_prefixes_are_the_shortest_that_tell_domains_apart_and_the_longest_comes_first(
    paths: dict[str, str], expected: list[str]
) -> None:
    found = [operation(path, domain=domain) for path, domain in paths.items()]
    assert [pattern for pattern, _, _ in root.prefixes(found)] == expected


def test_prefixes_that_cross_are_refused() -> None:
    paths = {"/api/{id}/invoices": "one", "/api/{id}/notes": "two", "/api/a/invoices": "three"}
    found = [operation(path, domain=domain) for path, domain in paths.items()]
    with pytest.raises(SystemExit, match="cross"):
        root.prefixes(found)


def test_long_files_and_vague_names_are_refused(tmp_path: Path) -> None:
    for name, lines in {
        "functions/a/do_it.py": 41,
        "shared/core/helpers.py": 1,
        "tools/new.py": 301,
        "local/run.py": 300,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n" * lines)
    migration = tmp_path / sizes.FREE / "0001_all.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("x\n" * 500)
    assert [complaint.split()[0].rstrip(":") for complaint in sizes.complaints(tmp_path)] == [
        "functions/a/do_it.py", "shared/core/helpers.py", "tools/new.py",
    ]  # fmt: skip


def test_the_layers_carry_the_versions_of_the_lock() -> None:
    locked = set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    for layer in ("runtime", "pdf", "docs"):
        lines = re.findall(r"^(\S+==\S+)(.*)", (ROOT / f"layers/{layer}/requirements.txt").read_text(), re.MULTILINE)
        wanted = {name for name, marker in lines if "'never'" not in marker}
        assert wanted
        assert wanted <= locked
