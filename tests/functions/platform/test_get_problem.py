"""GET /problems/{name}."""

import importlib
import re
from html import unescape

import pytest

from shared.core.errors import Problem
from shared.domains.identity.errors import EmailTaken
from tests.support.client import Client, Request
from tools.functions import ROOT, functions
from tools.problems import known


def example(owner: Client) -> Request:
    return Request("GET", "/problems/email-taken")


def every_problem() -> list[type[Problem]]:
    """Of all modules, also those that are imported where they are used."""
    for path in (ROOT / "shared").rglob("*.py"):
        if "migrations" not in path.parts:
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    functions()
    return list(known())


def test_the_page_says_what_it_means_and_who_answers_it(nobody: Client) -> None:
    answer = nobody.send(example(nobody))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html")
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    page = answer.body.decode()
    assert f"<h1>{EmailTaken.title}</h1>" in page
    assert "Status 409" in page
    assert '<a href="/docs#/identity/sign_up"><code>POST /api/auth/signup</code></a>' in page


def test_every_problem_has_its_page(nobody: Client) -> None:
    problems = every_problem()
    assert len(problems) > 140
    for problem in problems:
        answer = nobody.get(f"/problems/{problem.slug}")
        assert answer.status == 200, f"{problem.slug} has no page: run `make openapi`"
        title = re.search("<h1>(.*)</h1>", answer.body.decode())
        assert title and unescape(title[1]) == problem.title


def test_the_page_of_a_refusal_is_where_its_type_says(nobody: Client) -> None:
    refused = nobody.get("/problems/nope")
    assert nobody.get(refused.json["type"]).status == 200


@pytest.mark.parametrize("name", ["nope", "Invalid", "..", "<b>", "problems.json"])
def test_nothing_else_has_a_page(nobody: Client, name: str) -> None:
    answer = nobody.get(f"/problems/{name}")
    assert (answer.status, answer.json["type"]) == (404, "/problems/not-found")
