"""What SAM makes of the templates, where it is not what they seem to say and no validator minds."""

from typing import Any

import pytest
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from tools.functions import ROOT

TEMPLATES = sorted(ROOT.glob("functions/*/template.yaml"))


class NoManagedPolicies:
    """None is asked for by name."""

    def load(self) -> dict[str, str]:
        return {}


@pytest.fixture(scope="module", params=TEMPLATES, ids=lambda path: path.parent.name)
def resources(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """Of a domain's stack, as CloudFormation gets them."""
    template = yaml_parse(request.param.read_text("utf-8"))
    for resource in template["Resources"].values():  # `sam package` puts these into a bucket
        if resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = "s3://bucket/key"
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        found = transform(template, {"AllowedOrigins": "http://localhost:5173"}, NoManagedPolicies())
    return list(found["Resources"].values())


def test_browsers_are_told_everything_that_they_ask_first(resources: list[dict[str, Any]]) -> None:
    apis = [found["Properties"]["Body"] for found in resources if found["Type"] == "AWS::ApiGatewayV2::Api"]
    for body in apis:
        condition, told, otherwise = body["x-amazon-apigateway-cors"]["Fn::If"]
        assert (condition, otherwise) == ("HasOrigins", {"Ref": "AWS::NoValue"})
        assert told["allowOrigins"] == {"Fn::Split": [",", "http://localhost:5173"]}
        assert {"allowMethods", "allowHeaders", "exposeHeaders", "maxAge"} < set(told)
    assert len(apis) <= 1


def test_nothing_has_a_name_that_another_stage_has_too(resources: list[dict[str, Any]]) -> None:
    for found in resources:
        names = [found["Properties"].get(key) for key in ("Name", "FunctionName", "QueueName", "LogGroupName")]
        assert not [name for name in names if isinstance(name, str)], found["Type"]
