"""function = sample event = test = template resource = OpenAPI operation."""

import json
import re

from pydantic import TypeAdapter
from samcli.yamlhelper import yaml_parse

from shared.entry.http import Api
from shared.entry.queue import consumer
from tools.functions import ROOT, functions

FUNCTIONS = functions()


def test_each_function_has_a_sample_event() -> None:
    samples = {path.relative_to(ROOT / "events").with_suffix("").as_posix() for path in ROOT.glob("events/*/*.json")}
    assert samples == {function.name for function in FUNCTIONS} | {"authorizer/verify_token"}


def test_the_sample_event_of_an_endpoint_is_for_its_route() -> None:
    paths = json.loads((ROOT / "docs/openapi.json").read_text())["paths"]
    for function in FUNCTIONS:
        if isinstance(function.spec, Api):
            sample = json.loads((ROOT / f"events/{function.name}.json").read_text())
            assert sample["routeKey"] == function.spec.route.operation, function.name
            assert sample["version"] == "2.0", function.name
            method, path = sample["routeKey"].split()
            asked = {given["name"] for given in paths[path][method.lower()]["parameters"] if given["in"] == "query"}
            assert (sample.get("queryStringParameters") or {}).keys() <= asked, function.name


def test_each_function_has_a_test() -> None:
    named = {f"functions/{function.domain}/test_{function.stem}.py" for function in FUNCTIONS}
    there = {path.relative_to(ROOT / "tests").as_posix() for path in ROOT.glob("tests/functions/*/test_*.py")}
    assert named <= there, named - there


def test_the_templates_hold_these_functions_and_no_others() -> None:
    declared = {
        (path.parent.name, resource["Properties"]["Handler"].removesuffix(".handler"))
        for path in ROOT.glob("functions/*/template.yaml")
        for resource in yaml_parse(path.read_text())["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    assert declared == {(function.domain, function.stem) for function in FUNCTIONS}


def test_the_openapi_document_holds_these_operations_and_no_others() -> None:
    paths = json.loads((ROOT / "docs/openapi.json").read_text())["paths"]
    described = {
        (f"{method.upper()} {path}", operation["operationId"], *operation["tags"])
        for path, operations in paths.items()
        for method, operation in operations.items()
    }
    apis = [(function, function.spec) for function in FUNCTIONS if isinstance(function.spec, Api)]
    assert described == {(api.route.operation, function.stem, function.domain) for function, api in apis}


def test_no_two_consumers_have_the_same_name() -> None:
    """The inbox knows them by it, whatever their domain: the second would take an event for done."""
    names = [function.spec.name for function in FUNCTIONS if isinstance(function.spec, consumer)]
    assert sorted(names) == sorted(set(names))


def test_what_is_hashed_to_tell_a_repeat_holds_no_secret() -> None:
    """The hash of a request with an Idempotency-Key has no key of its own: passwords could be guessed from it."""
    found = set()
    for function in FUNCTIONS:
        if isinstance(function.spec, Api) and function.spec.takes_key:
            route = function.spec.route
            kinds = [route.parameters, *([route.body.kind] if route.body else [])]
            schemas = json.dumps([TypeAdapter(kind).json_schema() for kind in kinds if hasattr(kind, "model_fields")])
            if re.search(r'"format": "password"|"\w*(password|token|secret)": {', schemas):
                found.add(function.name)
    assert found == set()
