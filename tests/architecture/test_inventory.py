"""function = sample event = test = template resource = OpenAPI operation."""

import json

from samcli.yamlhelper import yaml_parse

from shared.entry.http import Api
from tools.functions import ROOT, functions

FUNCTIONS = functions()


def test_each_function_has_a_sample_event() -> None:
    samples = {path.relative_to(ROOT / "events").with_suffix("").as_posix() for path in ROOT.glob("events/*/*.json")}
    assert samples == {function.name for function in FUNCTIONS} | {"authorizer/verify_token"}


def test_the_sample_event_of_an_endpoint_is_for_its_route() -> None:
    for function in FUNCTIONS:
        if isinstance(function.spec, Api):
            sample = json.loads((ROOT / f"events/{function.name}.json").read_text())
            assert sample["routeKey"] == function.spec.route.operation, function.name
            assert sample["version"] == "2.0", function.name


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
