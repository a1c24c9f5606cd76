"""`make new ENDPOINT="POST /api/quotes/{quote_id}/archive" NAME=quotes/archive_quote`: handler, event, failing test."""

import json
import re
import sys

from shared.core.call import SCOPES
from tools.functions import ROOT

SAMPLE_ID = "01a1f7d8-0000-7000-8000-000000000001"
STATUS = {"POST": ", status=201"}
HANDLER = '''"""{summary}."""
{imports}
from shared.entry.http import Api

api = Api({scope})


@api.{verb}("{path}"{status})
def {stem}({parameters}) -> None:
    """Returns what shared.domains.{domain}.service answers to api.call."""


handler = api.handler
'''
TEST = '''"""{endpoint}."""

import pytest

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("{method}", "{sample_path}")


def test_{stem}_does_its_work(owner: Client) -> None:
    assert owner.send(example(owner)).status == {expected}
    pytest.fail("say here what holds after {stem}")
'''


def files(endpoint: str, name: str) -> dict[str, str]:
    """Path -> text. Refuses what is no endpoint or no name of a function."""
    asked = re.fullmatch(r"(GET|POST|PUT|PATCH|DELETE) (/\S*)", endpoint)
    named = re.fullmatch(r"([a-z]+)/([a-z]+(?:_[a-z]+)+)", name)
    if not asked or not named:
        raise SystemExit('make new ENDPOINT="POST /api/quotes/{quote_id}/archive" NAME=quotes/archive_quote')
    (method, path), (domain, stem) = asked.groups(), named.groups()
    identifiers = re.findall(r"{(\w+)}", path)
    scope = f"{domain}:{'read' if method == 'GET' else 'write'}"
    sample_path = re.sub(r"{\w+}", SAMPLE_ID, path)
    fill = {
        "summary": stem.replace("_", " ").capitalize(), "endpoint": endpoint, "method": method, "path": path,
        "domain": domain, "stem": stem, "verb": method.lower(), "sample_path": sample_path,
        "scope": f'scope="{scope}"' if scope in SCOPES["owner"] else "", "status": STATUS.get(method, ""),
        "expected": {"POST": 201, "DELETE": 204}.get(method, 200),
        "imports": "\nfrom uuid import UUID\n" if identifiers else "",
        "parameters": ", ".join(f"{identifier}: UUID" for identifier in identifiers),
    }  # fmt: skip
    return {
        f"functions/{domain}/{stem}.py": HANDLER.format(**fill),
        f"events/{domain}/{stem}.json": json.dumps(event(endpoint, sample_path, identifiers), indent=2) + "\n",
        f"tests/functions/{domain}/test_{stem}.py": TEST.format(**fill),
    }


def event(endpoint: str, sample_path: str, identifiers: list[str]) -> dict[str, object]:
    """What API Gateway sends for a call of an owner (payload 2.0)."""
    method = endpoint.partition(" ")[0]
    actor = {
        f"{name}_id": f"{SAMPLE_ID[:-1]}{letter}"
        for name, letter in zip(("user", "tenant", "session"), "abc", strict=True)
    }
    claims = {"auth": "ok", "audience": "user", **actor, "role": "owner", "expires_at": "4102444800"}
    http = {
        "method": method,
        "path": sample_path,
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "sample",
    }
    sample: dict[str, object] = {
        "version": "2.0", "routeKey": endpoint, "rawPath": sample_path, "rawQueryString": "",
        "headers": {"authorization": "Bearer token", "content-type": "application/json"},
        "requestContext": {"requestId": "sample", "stage": "$default", "http": http, "authorizer": {"lambda": claims}},
        "isBase64Encoded": False,
    }  # fmt: skip
    return sample | ({"pathParameters": dict.fromkeys(identifiers, SAMPLE_ID)} if identifiers else {})


def main(endpoint: str, name: str) -> None:
    wanted = {ROOT / path: text for path, text in files(endpoint, name).items()}
    if there := [path for path in wanted if path.exists()]:
        raise SystemExit(f"{there[0].relative_to(ROOT)} exists")
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        print(f"written: {path.relative_to(ROOT)}")
    print("next: make template openapi")


if __name__ == "__main__":
    main(*sys.argv[1:])
