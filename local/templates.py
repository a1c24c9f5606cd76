"""What the SAM templates say, resolved for this machine: functions, routes, queues, rules, schedules. Nothing is listed twice."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

REGION, ACCOUNT = "us-east-1", "123456789012"
Node = Any  # a part of a parsed template


@dataclass(frozen=True)
class Function:
    name: str  # domain/stem
    folder: Path
    handler: str
    timeout: int  # seconds
    memory: int  # MB
    environment: dict[str, str]


@dataclass(frozen=True)
class Cors:
    origins: tuple[str, ...]
    headers: dict[str, str]  # of a preflight's answer
    exposed: str


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    function: str
    authorizer: str  # function, or "" for a public route
    authority_seconds: int
    cors: Cors | None


@dataclass(frozen=True)
class Queue:
    name: str
    delay: int
    dead_letters: str
    receives: int  # before a message goes to the dead letters


@dataclass(frozen=True)
class Trigger:
    queue: str
    function: str
    batch: int
    partial: bool  # the answer names what failed


@dataclass(frozen=True)
class Rule:
    name: str
    bus: str
    pattern: str
    targets: list[dict[str, str]]


@dataclass(frozen=True)
class Schedule:
    function: str
    expression: str
    zone: str
    payload: str


@dataclass
class Project:
    functions: dict[str, Function] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    queues: dict[str, Queue] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    buses: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)


def load(root: Path, parameters: Mapping[str, str], variables: Mapping[str, str], aws_url: str) -> Project:
    """The root template with its nested stacks. What only AWS can know becomes a placeholder.

    `parameters` are the root's; `variables` replace what the templates say, in the functions that declare them.
    """
    project = Project()
    _read(Template(root / "template.yaml", "root", parameters, aws_url), project)
    for name, function in project.functions.items():
        known = {variable: variables.get(variable, value) for variable, value in function.environment.items()}
        project.functions[name] = replace(function, environment=known)
    return project


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
        document = yaml.load(file.read_text(), _Loader)
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
        pseudo = {"AWS::Region": REGION, "AWS::AccountId": ACCOUNT, "AWS::Partition": "aws", "AWS::StackName": self.stack}
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
        return f"{name}.{attribute}"

    def physical_name(self, logical: str) -> str:
        properties = self.resources[logical].get("Properties", {})
        return str(self.resolve(properties.get("QueueName", properties.get("Name", f"{self.stack}-{logical}"))))

    def function_name(self, logical: str) -> str:
        return f"{self.code_folder(logical).name}/{self.resources[logical]['Properties']['Handler'].split('.')[0]}"

    def code_folder(self, logical: str) -> Path:
        uri = self.resources[logical]["Properties"].get("CodeUri", self.defaults.get("CodeUri", "."))
        return (self.folder / str(uri)).resolve()


def last_part(arn: str) -> str:
    """The name at the end of an ARN."""
    return arn.rsplit(":", 1)[-1]


def _read(template: Template, project: Project) -> None:
    for logical, properties in template.of_type("AWS::Serverless::Function"):
        function = _function(template, logical, properties)
        project.functions[function.name] = function
        for event in properties.get("Events", {}).values():
            _read_event(template, project, function.name, event["Type"], event.get("Properties", {}))
    for logical, properties in template.of_type("AWS::SQS::Queue"):
        redrive = template.resolve(properties.get("RedrivePolicy", {}))
        name, dead = template.physical_name(logical), last_part(redrive.get("deadLetterTargetArn", ""))
        project.queues[name] = Queue(name, int(properties.get("DelaySeconds", 0)), dead, int(redrive.get("maxReceiveCount", 0)))
    project.buses += [template.physical_name(logical) for logical, _ in template.of_type("AWS::Events::EventBus")]
    for logical, properties in template.of_type("AWS::Events::Rule"):
        if "EventPattern" in properties:
            bus = str(template.resolve(properties.get("EventBusName", "default")))
            pattern = json.dumps(template.resolve(properties["EventPattern"]))
            targets = template.resolve(properties.get("Targets", []))
            project.rules.append(Rule(f"{template.stack}-{logical}", bus, pattern, targets))
    for _, properties in template.of_type("AWS::Serverless::Application"):
        file = template.folder / properties["Location"]
        parameters = template.resolve(properties.get("Parameters", {}))
        _read(Template(file, file.parent.name, parameters, template.aws_url), project)


def _function(template: Template, logical: str, properties: Node) -> Function:
    def setting(name: str, default: int) -> int:
        return int(template.resolve(properties.get(name, template.defaults.get(name, default))))

    variables = {
        name: value
        for source in (template.defaults, properties)
        for name, value in source.get("Environment", {}).get("Variables", {}).items()
    }
    return Function(
        template.function_name(logical),
        template.code_folder(logical),
        properties["Handler"],
        setting("Timeout", 3),
        setting("MemorySize", 128),
        {name: str(value) for name, value in template.resolve(variables).items()},
    )


def _read_event(template: Template, project: Project, function: str, kind: str, properties: Node) -> None:
    match kind:
        case "HttpApi":
            project.routes.append(_route(template, function, properties))
        case "SQS":
            queue = last_part(template.resolve(properties["Queue"]))
            partial = "ReportBatchItemFailures" in properties.get("FunctionResponseTypes", [])
            project.triggers.append(Trigger(queue, function, int(properties.get("BatchSize", 10)), partial))
        case "ScheduleV2" | "Schedule":
            expression = str(properties.get("ScheduleExpression", properties.get("Schedule")))
            zone = str(properties.get("ScheduleExpressionTimezone", "UTC"))
            project.schedules.append(Schedule(function, expression, zone, str(template.resolve(properties.get("Input", "{}")))))


def _route(template: Template, function: str, properties: Node) -> Route:
    logical = properties.get("ApiId", {}).get("Ref") or next(name for name, _ in template.of_type("AWS::Serverless::HttpApi"))
    api = template.resources[logical].get("Properties", {})
    auth = api.get("Auth", {})
    chosen = properties.get("Auth", {}).get("Authorizer", auth.get("DefaultAuthorizer", "NONE"))
    authorizer, seconds = "", 0
    if chosen != "NONE":
        settings = auth["Authorizers"][chosen]
        authorizer = last_part(template.resolve(settings["FunctionArn"]))
        seconds = int(settings.get("Identity", {}).get("ReauthorizeEvery", 0))
    cors = _cors(template.resolve(api["CorsConfiguration"])) if "CorsConfiguration" in api else None
    return Route(properties["Method"].upper(), properties["Path"], function, authorizer, seconds, cors)


def _cors(settings: Node) -> Cors:
    origins = tuple(origin for origin in settings.get("AllowOrigins", []) if origin)
    headers = {
        "access-control-allow-methods": ",".join(settings.get("AllowMethods", [])),
        "access-control-allow-headers": ",".join(settings.get("AllowHeaders", [])),
        "access-control-max-age": str(settings.get("MaxAge", 0)),
    }
    return Cors(origins, headers, ",".join(settings.get("ExposeHeaders", [])))
