"""What the SAM templates say, and nothing else does: functions, routes, queues, rules, buckets, schedules."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from local.cloudformation import Node, Template

SCHEDULED = '{"source": "aws.scheduler", "detail-type": "Scheduled Event", "resources": [], "detail": {}}'


SECURITY_HEADERS = {  # of a response headers policy: its part, and what in it holds the value; HSTS is of HTTPS alone
    "x-content-type-options": ("ContentTypeOptions", ""),
    "content-security-policy": ("ContentSecurityPolicy", "ContentSecurityPolicy"),
    "referrer-policy": ("ReferrerPolicy", "ReferrerPolicy"),
    "x-frame-options": ("FrameOptions", "FrameOption"),
}


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
    payload: str  # JSON


@dataclass(frozen=True)
class Downloads:
    """What a distribution gives out, by signed links alone."""

    bucket: str
    folder: str  # of the bucket's keys
    headers: dict[str, tuple[str, bool]]  # in lower case; whether it wins over the file's own


@dataclass
class Project:
    functions: dict[str, Function] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    queues: dict[str, Queue] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    buses: list[str] = field(default_factory=list)
    buckets: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)
    downloads: Downloads | None = None


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
        project.queues[name] = Queue(
            name, int(properties.get("DelaySeconds", 0)), dead, int(redrive.get("maxReceiveCount", 0))
        )
    project.buses += [template.physical_name(logical) for logical, _ in template.of_type("AWS::Events::EventBus")]
    project.buckets += [template.physical_name(logical) for logical, _ in template.of_type("AWS::S3::Bucket")]
    for logical, properties in template.of_type("AWS::Events::Rule"):
        if "EventPattern" in properties:
            bus = str(template.resolve(properties.get("EventBusName", "default")))
            pattern = json.dumps(template.resolve(properties["EventPattern"]))
            targets = template.resolve(properties.get("Targets", []))
            project.rules.append(Rule(f"{template.stack}-{logical}", bus, pattern, targets))
    for _, properties in template.of_type("AWS::CloudFront::Distribution"):
        if "TrustedKeyGroups" in properties["DistributionConfig"]["DefaultCacheBehavior"]:
            project.downloads = _downloads(template, properties["DistributionConfig"])
    for _, properties in template.of_type("AWS::Serverless::Application"):
        file = template.folder / properties["Location"]
        parameters = template.resolve(properties.get("Parameters", {}))
        _read(Template(file, file.parent.name, parameters, template.aws_url), project)


def _downloads(template: Template, config: Node) -> Downloads:
    [origin] = config["Origins"]
    bucket = template.physical_name(origin["DomainName"]["Fn::GetAtt"].split(".")[0])
    policy = template.resources[config["DefaultCacheBehavior"]["ResponseHeadersPolicyId"]["Ref"]]["Properties"]
    security = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    headers = {
        name: (str(security[key].get(value, "nosniff")), bool(security[key]["Override"]))
        for name, (key, value) in SECURITY_HEADERS.items()
        if key in security
    }
    custom = policy["ResponseHeadersPolicyConfig"].get("CustomHeadersConfig", {}).get("Items", [])
    headers |= {item["Header"].lower(): (str(item["Value"]), bool(item["Override"])) for item in custom}
    return Downloads(bucket, origin.get("OriginPath", "").strip("/"), headers)


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
            project.schedules.append(
                Schedule(function, expression, zone, str(template.resolve(properties.get("Input", SCHEDULED))))
            )


def _route(template: Template, function: str, properties: Node) -> Route:
    logical = properties.get("ApiId", {}).get("Ref") or next(
        name for name, _ in template.of_type("AWS::Serverless::HttpApi")
    )
    api = template.resources[logical].get("Properties", {})
    auth = api.get("Auth", {})
    chosen = properties.get("Auth", {}).get("Authorizer", auth.get("DefaultAuthorizer", "NONE"))
    authorizer, seconds = "", 0
    if chosen != "NONE":
        settings = auth["Authorizers"][chosen]
        authorizer = last_part(template.resolve(settings["FunctionArn"]))
        seconds = int(settings.get("Identity", {}).get("ReauthorizeEvery", 0))
    cors = template.resolve(api.get("CorsConfiguration"))
    allowed = _cors(cors) if isinstance(cors, dict) else None  # a condition may leave it out
    return Route(properties["Method"].upper(), properties["Path"], function, authorizer, seconds, allowed)


def _cors(settings: Node) -> Cors:
    origins = tuple(origin for origin in settings.get("AllowOrigins", []) if origin)
    headers = {
        "access-control-allow-methods": ",".join(settings.get("AllowMethods", [])),
        "access-control-allow-headers": ",".join(settings.get("AllowHeaders", [])),
        "access-control-max-age": str(settings.get("MaxAge", 0)),
    }
    return Cors(origins, headers, ",".join(settings.get("ExposeHeaders", [])))
