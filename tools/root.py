"""The parts of the root template that follow from the functions: a stack per domain, an origin and prefixes per API."""

import re
from typing import Any

from shared.core.files import File
from shared.entry.http import Api
from tools.functions import Function, camel_case
from tools.needs import PASSED

CACHED = "658327ea-f89d-4fab-a63d-7e88639e58f6"  # the managed policy CachingOptimized: heeds the answer's Cache-Control
LIMIT = 60  # cache behaviours a distribution may have, with room left of the 75 that AWS allows


def rewritten(text: str, templates: dict[str, Any], found: list[Function]) -> str:
    """The root template with its marked parts brought up to date."""
    with_api = [domain for domain, template in templates.items() if "HttpApi" in template["Resources"]]
    parts = {
        "domains": "".join(_stack(domain, template) for domain, template in templates.items()),
        "prefixes": _origins(with_api) + _behaviours(prefixes(found)),
    }
    for name, part in parts.items():
        before, start, rest = text.partition(f"# >>> {name} (make template)\n")
        _, end, after = rest.partition(f"# <<< {name}\n")
        indent = before[before.rindex("\n") + 1 :]
        text = before + start + part + indent + end + after
    return text


def _stack(domain: str, template: dict[str, Any]) -> str:
    parameters = "".join(f"        {name}: {PASSED[name]}\n" for name in template["Parameters"])
    return (
        f"  {camel_case(domain)}:\n    Type: AWS::Serverless::Application\n    Properties:\n"
        f"      Location: functions/{domain}/template.yaml\n      Parameters:\n{parameters}"
    )


def _origins(domains: list[str]) -> str:
    lines = ["        Origins:\n"]
    for domain in domains:
        host = f"${{{camel_case(domain)}.Outputs.ApiId}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}"
        lines.append(
            f'          - {{Id: {domain}, DomainName: !Sub "{host}",\n'
            "             CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}}\n"
        )
    return "".join(lines)


def _behaviours(rows: list[tuple[str, str, bool]]) -> str:
    lines = ["        CacheBehaviors:\n"]
    for pattern, domain, cached in rows:
        target = f'PathPattern: "{pattern}", TargetOriginId: {domain}'
        policy = (
            f"CachePolicyId: {CACHED}" if cached else "CachePolicyId: *uncached, OriginRequestPolicyId: *whole-request"
        )
        lines.append(
            f"          - {{{target}, AllowedMethods: *methods, Compress: true,\n"
            f"             {policy},\n"
            "             ViewerProtocolPolicy: redirect-to-https, ResponseHeadersPolicyId: !Ref SecurityHeaders}\n"
        )
    return "".join(lines)


def prefixes(found: list[Function]) -> list[tuple[str, str, bool]]:
    """(path pattern, domain, may be cached), in the order in which CloudFront tries them: the longest first.

    A pattern is the fewest segments of a route's path that no other domain shares. Cached are files that say so
    themselves: the pages and assets of the documentation.
    """
    apis = [(function.spec, function.domain) for function in found if isinstance(function.spec, Api)]
    owners = {api.route.path: domain for api, domain in apis}
    patterns: dict[str, str] = {}
    for path, owner in owners.items():
        patterns[_pattern(path, [other for other, domain in owners.items() if domain != owner])] = owner
    rows = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
    if len(rows) > LIMIT:
        raise SystemExit(
            f"{len(rows)} path prefixes, CloudFront takes {LIMIT}: give the newest domain one prefix of its own"
        )
    first = {path: next(pattern for pattern in rows if covers(pattern, path)) for path in owners}
    if lost := [path for path in owners if patterns[first[path]] != owners[path]]:
        raise SystemExit(f"the path prefixes of two domains cross at {', '.join(lost)}")
    uncached = {first[api.route.path] for api, _ in apis if not _cacheable(api)}
    return [(pattern, patterns[pattern], pattern not in uncached) for pattern in rows]


def _pattern(path: str, foreign: list[str]) -> str:
    """`/api/pricing*` of `/api/pricing/box`, where no other domain has a path below `/api/pricing`."""
    steps, others = _steps(path), [_steps(other) for other in foreign]
    for count in range(3 if steps[1] == "api" else 2, len(steps)):
        if not any(other[:count] == steps[:count] for other in others):
            steps = steps[:count]
            break
    return "/".join(steps).rstrip("*") + "*"


def _steps(path: str) -> list[str]:
    return re.sub(r"{[^}]+}", "*", path).split("/")


def covers(pattern: str, path: str) -> bool:
    """Whether CloudFront takes the pattern for the path: `*` is any text, slashes too."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path) is not None


def _cacheable(api: Api) -> bool:
    answer = api.route.answer
    is_file = isinstance(answer, type) and issubclass(answer, File)
    return is_file and api.public and api.route.method == "GET" and answer.cache_control.startswith("public")
