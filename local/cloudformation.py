"""A CloudFormation template, its functions (`!Ref`, `!GetAtt`, `!Sub` …) evaluated for this machine."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

REGION, ACCOUNT = "us-east-1", "123456789012"
Node = Any  # a part of a parsed template


class _Loader(yaml.CSafeLoader):
    """Understands the short forms: `!Ref x`, `!GetAtt x.y`, …"""


def _intrinsic(loader: yaml.CSafeLoader, suffix: str, node: yaml.Node) -> Node:
    value: Node
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _intrinsic)


class Template:
    """One file, with CloudFormation's functions evaluated for this machine."""

    def __init__(self, file: Path, stack: str, parameters: Mapping[str, str], aws_url: str) -> None:
        self.folder, self.stack, self.aws_url = file.parent, stack, aws_url
        document = yaml.load(file.read_text(), _Loader)  # noqa: S506 (a safe loader)
        self.resources: dict[str, Node] = document["Resources"]
        self.conditions: dict[str, Node] = document.get("Conditions", {})
        self.defaults: Node = document.get("Globals", {}).get("Function", {})
        declared = {name: parameter.get("Default", "") for name, parameter in document.get("Parameters", {}).items()}
        self.parameters = declared | {name: value for name, value in parameters.items() if name in declared}

    def of_type(self, kind: str) -> Iterator[tuple[str, Node]]:
        for logical, resource in self.resources.items():
            if resource["Type"] == kind and ("Condition" not in resource or self._holds(resource["Condition"])):
                yield logical, resource.get("Properties", {})

    def resolve(self, value: Node) -> Node:
        match value:
            case {"Ref": str(name)}:
                return self._reference(name)
            case {"Fn::GetAtt": str(path)}:
                return self._attribute(*path.split(".", 1))
            case {"Fn::GetAtt": [str(name), str(attribute)]}:
                return self._attribute(name, attribute)
            case {"Fn::Sub": str(text)}:
                return self._substitute(text, {})
            case {"Fn::Sub": [str(text), dict(values)]}:
                return self._substitute(text, self.resolve(values))
            case {"Fn::Join": [str(separator), parts]}:
                return separator.join(str(part) for part in self.resolve(parts))
            case {"Fn::Split": [str(separator), text]}:
                return str(self.resolve(text)).split(separator)
            case {"Fn::Select": [index, parts]}:
                return self.resolve(parts)[int(index)]
            case {"Fn::If": [str(condition), yes, no]}:
                return self.resolve(yes if self._holds(condition) else no)
            case dict():
                return {key: self.resolve(part) for key, part in value.items() if part != {"Ref": "AWS::NoValue"}}
            case list():
                return [self.resolve(part) for part in value if part != {"Ref": "AWS::NoValue"}]
        return value

    def _holds(self, condition: Node) -> bool:
        match condition:
            case str(name) | {"Condition": str(name)}:
                return self._holds(self.conditions[name])
            case {"Fn::Equals": [left, right]}:
                return str(self.resolve(left)) == str(self.resolve(right))
            case {"Fn::Not": [inner]}:
                return not self._holds(inner)
            case {"Fn::And": list(inner)}:
                return all(self._holds(part) for part in inner)
            case {"Fn::Or": list(inner)}:
                return any(self._holds(part) for part in inner)
        raise ValueError(f"a condition that the local stack does not understand: {condition}")

    def _substitute(self, text: str, values: Mapping[str, str]) -> str:
        def replace(found: re.Match[str]) -> str:
            name = found[1]
            if name in values:
                return str(values[name])
            return str(self._attribute(*name.split(".", 1)) if "." in name else self._reference(name))

        return re.sub(r"\$\{([^!}]+)}", replace, text).replace("${!", "${")

    def _reference(self, name: str) -> Node:
        pseudo = {
            "AWS::Region": REGION,
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            "AWS::StackName": self.stack,
        }
        if name in self.parameters:
            return self.parameters[name]
        if name not in self.resources:
            return pseudo.get(name, name)
        match self.resources[name]["Type"]:
            case "AWS::SQS::Queue":
                return f"{self.aws_url}/{ACCOUNT}/{self.physical_name(name)}"
            case "AWS::Serverless::Function":
                return self.function_name(name)
        return self.physical_name(name)

    def _attribute(self, name: str, attribute: str) -> str:
        if attribute != "Arn" or name not in self.resources:
            return f"{name}.{attribute}"
        match self.resources[name]["Type"]:
            case "AWS::SQS::Queue":
                return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{self.physical_name(name)}"
            case "AWS::Serverless::Function":
                return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.function_name(name)}"
            case "AWS::Events::EventBus":
                return f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{self.physical_name(name)}"
            case "AWS::S3::Bucket":
                return f"arn:aws:s3:::{self.physical_name(name)}"
        return f"{name}.{attribute}"

    def physical_name(self, logical: str) -> str:
        properties, name = self.resources[logical].get("Properties", {}), f"{self.stack}-{logical}"
        if self.resources[logical]["Type"] == "AWS::S3::Bucket":
            return str(self.resolve(properties.get("BucketName", name.lower())))
        return str(self.resolve(properties.get("QueueName", properties.get("Name", name))))

    def function_name(self, logical: str) -> str:
        return f"{self.code_folder(logical).name}/{self.resources[logical]['Properties']['Handler'].split('.')[0]}"

    def code_folder(self, logical: str) -> Path:
        uri = self.resources[logical]["Properties"].get("CodeUri", self.defaults.get("CodeUri", "."))
        return (self.folder / str(uri)).resolve()
