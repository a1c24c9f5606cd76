"""The parts of the root template that follow from the functions: a stack per domain, an origin and prefixes per API."""

import re
from typing import Any

from shared.core.files import File
from shared.entry.http import Api
from tools.functions import Function, camel_case
from tools.needs import PASSED

CACHED = "658327ea-f89d-4fab-a63d-7e88639e58f6"  # the managed policy CachingOptimized: heeds the answer's Cache-Control
Target = tuple[str, bool]  # domain, may be cached
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
    proof = f"&proof [{{HeaderName: X-Viewer-Secret, HeaderValue: {PASSED['ViewerSecret']}}}]"
    for domain in domains:
        host = f"${{{camel_case(domain)}.Outputs.ApiId}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}"
        lines.append(
            f'          - {{Id: {domain}, DomainName: !Sub "{host}",\n'
            "             CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]},\n"
            f"             OriginCustomHeaders: {proof}}}\n"
        )
        proof = "*proof"
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
            "             ViewerProtocolPolicy: redirect-to-https, ResponseHeadersPolicyId: !Ref SecurityHeaders,\n"
            "             FunctionAssociations: *viewer-address}\n"
        )
    return "".join(lines)


def prefixes(found: list[Function]) -> list[tuple[str, str, bool]]:
    """(path pattern, domain, may be cached), in the order in which CloudFront tries them: the longest first.

    As few as tell the domains apart: a prefix belongs to the domain that saves most rows below it, and those of others
    have longer ones. Cached are files that say so themselves: the pages and assets of the documentation.
    """
    targets: dict[str, Target] = {}
    for function in found:
        if isinstance(function.spec, Api):
            path, target = function.spec.route.path, (function.domain, _cacheable(function.spec))
            if targets.setdefault(path, target) != target:
                raise SystemExit(f"{path} belongs to one domain, and is cached or not: CloudFront knows no methods")
    tree = Node()
    for path, target in targets.items():
        tree.add(_steps(path)[1:], target)
    patterns = dict(tree.cheapest(None, "")[1])
    rows = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
    for path, target in targets.items():  # `/api/quotes*` covers `/api/quotes-archive` too
        if next((patterns[pattern] for pattern in rows if covers(pattern, path)), None) != target:
            raise SystemExit(f"the path prefixes of two domains cross at {path}")
    if len(rows) > LIMIT:
        raise SystemExit(f"{len(rows)} path prefixes, CloudFront takes {LIMIT}: give a domain prefixes of its own")
    return [(pattern, *patterns[pattern]) for pattern in rows]


class Node:
    """A place in the tree of path segments, with what serves the path that ends here, if one does."""

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.target: Target | None = None

    def add(self, steps: list[str], target: Target) -> None:
        if steps:
            self.children.setdefault(steps[0], Node()).add(steps[1:], target)
        else:
            self.target = target

    def targets(self) -> set[Target]:
        own = {self.target} if self.target else set()
        return own.union(*(child.targets() for child in self.children.values()))

    def cheapest(self, inherited: Target | None, path: str) -> tuple[int, list[tuple[str, Target]]]:
        """The fewest rows with which everything from here on gets to its target, of which the prefixes above send it to
        `inherited`. Nobody owns the root or `/api`."""
        options = sorted(self.targets()) if path not in ("", "/api") else []
        plans = []
        for target in [inherited, *(option for option in options if option != inherited)]:
            if self.target in (None, target):
                row = [(f"{path.rstrip('*')}*", target)] if target and target != inherited else []
                below = [child.cheapest(target, f"{path}/{step}") for step, child in self.children.items()]
                rows = row + [found for _, more in below for found in more]
                plans.append((len(rows), rows))
        return min(plans, key=lambda plan: plan[0])


def _steps(path: str) -> list[str]:
    return re.sub(r"{[^}]+}", "*", path).split("/")


def covers(pattern: str, path: str) -> bool:
    """Whether CloudFront takes the pattern for the path: `*` is any text, slashes too."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path) is not None


def _cacheable(api: Api) -> bool:
    answer = api.route.answer
    is_file = isinstance(answer, type) and issubclass(answer, File)
    return is_file and api.public and api.route.method == "GET" and answer.cache_control.startswith("public")
