"""The functions of the product, found as API Gateway finds them."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from shared.entry.http import Api
from tools.functions import ROOT, Function, functions


@dataclass(frozen=True)
class Routed:
    spec: Api
    handler: Callable[[Any, Any], Any]


class Context:
    """What Lambda hands a handler beside the event."""

    aws_request_id = "test"

    def __init__(self, milliseconds: int = 30_000) -> None:
        self._left = milliseconds

    def get_remaining_time_in_millis(self) -> int:
        return self._left


@cache
def everything() -> list[Function]:
    return functions()


def apis() -> list[Function]:
    return [function for function in everything() if isinstance(function.spec, Api)]


def spec(domain: str, stem: str) -> Any:
    """The Api, job or consumer of one function."""
    return next(found.spec for found in everything() if (found.domain, found.stem) == (domain, stem))


def route(method: str, path: str) -> tuple[Routed, dict[str, str]] | None:
    """The function that answers, and the parameters in the path; a literal segment wins over a parameter."""
    segments = path.split("/")
    matches = []
    for function in apis():
        wanted = function.spec.route.path.split("/")
        if function.spec.route.method != method or len(wanted) != len(segments):
            continue
        if all(want == got or (want.startswith("{") and got) for want, got in zip(wanted, segments, strict=True)):
            given = {want[1:-1]: unquote(got) for want, got in zip(wanted, segments, strict=True) if want[:1] == "{"}
            matches.append((len(given), function.spec, given))
    if not matches:
        return None
    _, found, given = min(matches, key=lambda match: match[0])
    return Routed(found, found.handler), given


def authorize(headers: dict[str, str]) -> dict[str, str]:
    """The context that the authorizer gives a call with these headers."""
    answer = _authorizer()({"identitySource": [headers["authorization"]], "headers": headers}, Context())
    assert answer["isAuthorized"]
    context: dict[str, str] = answer["context"]
    return context


@cache
def _authorizer() -> Callable[[Any, Any], Any]:
    path = ROOT / "functions" / "authorizer" / "verify_token.py"
    found = importlib.util.spec_from_file_location("functions.authorizer.verify_token", path)
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    handler: Callable[[Any, Any], Any] = module.handler
    return handler
