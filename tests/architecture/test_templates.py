"""The templates are no decoration: what functions may do, alarms watch and stacks are passed all holds."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from samcli.yamlhelper import yaml_parse

from shared.domains.tenancy.rules import ARCHIVE_KEPT
from shared.entry.http import Api
from shared.entry.job import job
from shared.entry.queue import consumer
from tools.functions import ROOT, Function, camel_case, functions
from tools.root import covers

Document = dict[str, Any]

FUNCTIONS = functions()
DOMAINS = sorted({function.domain for function in FUNCTIONS})
OF_ALARM = {  # dimension -> type of the resource it must name
    "FunctionName": "AWS::Serverless::Function",
    "ApiId": "AWS::Serverless::HttpApi",
    "QueueName": "AWS::SQS::Queue",
    "DBClusterIdentifier": "AWS::RDS::DBCluster",
}
ALLOWED = {  # word of needs= -> the one statement it stands for, said here a second time
    "outbox": ("sqs:SendMessage", "OutboxQueueArn"),
    "bus": ("events:PutEvents", "EventBusArn"),
    "mail": ("ses:SendRawEmail", "MailArns"),
    "text": ("sns:Publish", "TextResource"),
    "signing_key": ("secretsmanager:GetSecretValue", "SigningKeyArn"),
    "session_secret": ("secretsmanager:GetSecretValue", "SessionSecretArn"),
    "factor_key": ("secretsmanager:GetSecretValue", "FactorKeyArn"),
    "exports_put": ("s3:PutObject", "ExportObjectsArn"),
    "exports_get": ("s3:GetObject", "ExportObjectsArn"),
    "exports_find": ("s3:ListBucket", "ExportBucketArn"),
    "exports_delete": ("s3:DeleteObject", "ExportObjectsArn"),
    "attachments_upload": ("s3:PutObject", "AttachmentUploadsArn"),
    "attachments_find": ("s3:ListBucket", "AttachmentBucketArn"),
    "attachments_read": ("s3:GetObject", "AttachmentUploadsArn"),
    "attachments_keep": ("s3:PutObject", "AttachmentFilesArn"),
    "attachments_delete": ("s3:DeleteObject", "AttachmentFilesArn"),
    "files_key": ("secretsmanager:GetSecretValue", "FilesSigningKeyArn"),
}
EVERYBODY = ("secretsmanager:GetSecretValue", "DatabaseSecretArn")


@cache
def template(domain: str | None = None) -> Document:
    path = ROOT / "template.yaml" if domain is None else ROOT / f"functions/{domain}/template.yaml"
    return dict(yaml_parse(path.read_text()))


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a document."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from walk(part)


def referred(value: Any) -> Iterator[tuple[str, str | None]]:
    """(name, attribute or None) of every Ref, Fn::GetAtt and Fn::Sub."""
    for found in walk(value):
        if "Ref" in found:
            yield found["Ref"], None
        if "Fn::GetAtt" in found:
            name, attribute = (
                found["Fn::GetAtt"] if isinstance(found["Fn::GetAtt"], list) else found["Fn::GetAtt"].split(".", 1)
            )
            yield name, attribute
        if "Fn::Sub" in found:
            for name in re.findall(r"\${([^!}]+)}", found["Fn::Sub"]):
                yield (name.split(".", 1)[0], name.split(".", 1)[1]) if "." in name else (name, None)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_function_has_the_network_the_database_and_only_what_its_spec_declares(function: Function) -> None:
    document = template(function.domain)
    everybody = document["Globals"]["Function"]
    properties = document["Resources"][function.logical_id]["Properties"]
    assert {"SubnetIds", "SecurityGroupIds"} <= set(everybody["VpcConfig"])
    assert everybody["Environment"]["Variables"]["DATABASE_SECRET"] == {"Ref": "DatabaseSecretArn"}
    assert "VpcConfig" not in properties and "Role" not in properties
    statements = [statement for policy in properties["Policies"] for statement in policy["Statement"]]
    granted = {(statement["Action"], statement["Resource"]["Ref"]) for statement in statements}
    assert granted == {EVERYBODY} | {ALLOWED[need] for need in function.spec.needs if need in ALLOWED}
    layers = {layer["Ref"] for layer in properties.get("Layers", [])}
    assert layers == {f"{need.capitalize()}Layer" for need in function.spec.needs if need in ("pdf", "docs")}


@pytest.mark.parametrize("domain", [None, *DOMAINS])
def test_no_statement_allows_a_wildcard(domain: str | None) -> None:
    statements = [found for found in walk(template(domain)) if found.get("Effect") == "Allow"]
    assert statements
    for statement in statements:
        said = json.dumps([statement.get("Action"), statement.get("Resource")])
        assert "*" not in said.replace("}/files/*", ""), statement  # all of one folder, which CloudFront may read


@pytest.mark.parametrize("domain", [None, *DOMAINS])
def test_everything_referred_to_exists(domain: str | None) -> None:
    document = template(domain)
    resources, known = document["Resources"], set(document["Parameters"]) | set(document["Resources"])
    for name, attribute in referred(document):
        assert name in known or name.startswith("AWS::"), name
        if attribute and attribute.startswith("Outputs."):
            nested = resources[name]["Properties"]["Location"].split("/")[1]
            assert attribute.removeprefix("Outputs.") in template(nested)["Outputs"]


@pytest.mark.parametrize("domain", [None, *DOMAINS])
def test_every_alarm_watches_a_resource_of_its_template_and_tells_somebody(domain: str | None) -> None:
    resources = template(domain)["Resources"]
    alarms = [found["Properties"] for found in resources.values() if found["Type"] == "AWS::CloudWatch::Alarm"]
    assert alarms
    for alarm in alarms:
        assert alarm["AlarmActions"]
        for dimension in alarm["Dimensions"]:
            [(name, _)] = referred(dimension["Value"])
            assert resources[name]["Type"] == OF_ALARM[dimension["Name"]]


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_function_and_queue_of_a_domain_has_its_alarm(domain: str) -> None:
    resources = template(domain)["Resources"]
    alarms = [found["Properties"] for found in resources.values() if found["Type"] == "AWS::CloudWatch::Alarm"]
    watched = {name for alarm in alarms for name, _ in referred(alarm["Dimensions"])}
    kinds = set(OF_ALARM.values())
    assert watched == {name for name, found in resources.items() if found["Type"] in kinds}


@pytest.mark.parametrize("domain", DOMAINS)
def test_nested_stack_is_passed_exactly_its_parameters(domain: str) -> None:
    passed = template()["Resources"][camel_case(domain)]["Properties"]["Parameters"]
    assert set(passed) == set(template(domain)["Parameters"])


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_function_is_started_as_its_decorator_says(function: Function) -> None:
    resources = template(function.domain)["Resources"]
    properties = resources[function.logical_id]["Properties"]
    events, spec = properties["Events"], function.spec
    assert (properties["Timeout"], properties["MemorySize"]) == (spec.timeout, spec.memory)
    if isinstance(spec, Api):
        route = events["Http"]["Properties"]
        assert (route["Method"], route["Path"]) == (spec.route.method, spec.route.path)
        assert (route.get("Auth") == {"Authorizer": "NONE"}) is spec.public
    if isinstance(spec, job):
        assert events["Schedule"]["Properties"]["ScheduleExpression"] == spec.schedule
        assert ("Nudges" in events) is spec.nudged
        if spec.nudged:
            assert template()["Resources"]["OutboxQueue"]["Properties"]["VisibilityTimeout"] >= 6 * spec.timeout
    if isinstance(spec, consumer):
        [(name, _)] = referred(events["Messages"]["Properties"]["Queue"])
        queue = resources[name]["Properties"]
        assert queue["VisibilityTimeout"] >= 6 * spec.timeout
        [(dead, _)] = referred(queue["RedrivePolicy"]["deadLetterTargetArn"])
        assert resources[dead]["Type"] == "AWS::SQS::Queue"
        rule = resources[f"{function.logical_id}Rule"]["Properties"]
        assert rule["EventPattern"] == {"source": ["boxcostpro"], "detail-type": [spec.event.__name__]}
        assert "InputPath" not in rule["Targets"][0], "the consumer reads the whole envelope"


def test_the_authorizer_reaches_the_database_and_may_read_two_secrets() -> None:
    properties = template()["Resources"]["Authorizer"]["Properties"]
    assert {"SubnetIds", "SecurityGroupIds"} == set(properties["VpcConfig"])
    statements = [statement for policy in properties["Policies"] for statement in policy["Statement"]]
    assert {statement["Action"] for statement in statements} == {"secretsmanager:GetSecretValue"}
    assert [statement["Resource"]["Ref"] for statement in statements] == ["AppSecret", "SessionSecret"]
    assert properties["Timeout"] <= 10, "the longest that an HTTP API waits for it"


def test_every_private_route_goes_through_the_authorizer() -> None:
    for domain in DOMAINS:
        auth = template(domain)["Resources"]["HttpApi"]["Properties"]["Auth"]
        assert auth["DefaultAuthorizer"] == "Token"
        assert auth["Authorizers"]["Token"]["EnableSimpleResponses"] is True
        assert auth["Authorizers"]["Token"]["Identity"] == {"Headers": ["Authorization"], "ReauthorizeEvery": 300}


def test_the_edge_sends_every_route_to_its_domain() -> None:
    config = template()["Resources"]["Edge"]["Properties"]["DistributionConfig"]
    rows = [(row["PathPattern"], row["TargetOriginId"]) for row in config["CacheBehaviors"]]
    assert len(rows) <= 60
    assert [len(pattern) for pattern, _ in rows] == sorted((len(pattern) for pattern, _ in rows), reverse=True)
    for function in FUNCTIONS:
        if isinstance(function.spec, Api):
            path = re.sub(r"{\w+}", "0190f5fe-7c00-7a00-8000-000000000001", function.spec.route.path)
            assert next(target for pattern, target in rows if covers(pattern, path)) == function.domain


def test_the_edge_caches_only_public_files() -> None:
    config = template()["Resources"]["Edge"]["Properties"]["DistributionConfig"]
    uncached = config["DefaultCacheBehavior"]["CachePolicyId"]
    cached = {row["PathPattern"] for row in config["CacheBehaviors"] if row["CachePolicyId"] != uncached}
    assert cached == {"/docs*", "/problems/*", "/redoc*"}


def test_the_database_is_kept_as_promised() -> None:
    resources = template()["Resources"]
    database = resources["Database"]["Properties"]
    assert (database["BackupRetentionPeriod"], database["StorageEncrypted"]) == (14, True)
    assert resources["Database"]["DeletionPolicy"] == "Snapshot"
    assert resources["DatabaseProxy"]["Properties"]["RequireTLS"] is True
    instances = [found for found in resources.values() if found["Type"] == "AWS::RDS::DBInstance"]
    assert [found["Properties"]["PubliclyAccessible"] for found in instances] == [False, False]


def test_archives_are_private_encrypted_and_go_after_a_week() -> None:
    resources = template()["Resources"]
    bucket = resources["ExportBucket"]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert "BucketEncryption" in bucket
    [rule] = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", ARCHIVE_KEPT.days)
    [refusal] = resources["ExportBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert refusal["Condition"] == {"Bool": {"aws:SecureTransport": False}}
    assert (refusal["Effect"], refusal["Principal"]) == ("Deny", "*")


def test_attached_files_are_given_out_by_signed_links_alone_and_never_shown() -> None:
    resources = template()["Resources"]
    bucket = resources["AttachmentBucket"]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert "BucketEncryption" in bucket
    [rule] = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["Prefix"], rule["ExpirationInDays"]) == ("Enabled", "uploads/", 1)
    refusal, reading = resources["AttachmentBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (refusal["Effect"], refusal["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": False}})
    assert (reading["Action"], reading["Principal"]) == ("s3:GetObject", {"Service": "cloudfront.amazonaws.com"})
    assert "AWS:SourceArn" in reading["Condition"]["StringEquals"]
    config = resources["Files"]["Properties"]["DistributionConfig"]
    assert "CacheBehaviors" not in config
    assert config["DefaultCacheBehavior"]["TrustedKeyGroups"] == [{"Ref": "FilesKeyGroup"}]
    assert config["DefaultCacheBehavior"]["AllowedMethods"] == ["GET", "HEAD"]
    assert config["Origins"][0]["OriginPath"] == "/files"
    headers = resources["DownloadHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    assert headers["SecurityHeadersConfig"]["ContentTypeOptions"] == {"Override": True}
    [saved] = headers["CustomHeadersConfig"]["Items"]
    assert (saved["Header"], saved["Value"]) == ("Content-Disposition", "attachment")


@pytest.mark.parametrize("domain", DOMAINS)
def test_domain_fits_the_limits_of_cloudformation(domain: str) -> None:
    from samtranslator.translator.transform import transform

    class ManagedPolicies:
        """The translator asks AWS for the ARNs of the policies that SAM adds itself."""

        def load(self) -> dict[str, str]:
            return {}

    document = yaml_parse((ROOT / f"functions/{domain}/template.yaml").read_text())
    for found in document["Resources"].values():
        if "ContentUri" in found["Properties"]:
            found["Properties"]["ContentUri"] = "s3://bucket/key"
    document["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
    values = dict.fromkeys(document["Parameters"], "value")
    resources = transform(document, values, ManagedPolicies())["Resources"]
    routes = sum(isinstance(function.spec, Api) for function in FUNCTIONS if function.domain == domain)
    assert len(resources) <= 500
    assert routes <= 300
