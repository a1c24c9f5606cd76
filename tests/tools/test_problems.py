"""Where a client's developer finds the problems: under the operations that answer them, and on pages of their own."""

import pytest

from shared.core.errors import Conflict, Forbidden
from shared.entry.http import Api
from tests.support import lambdas
from tools import openapi, problems
from tools.functions import functions


class BoxTaken(Conflict):
    title = "There is such a box"


def test_an_operation_names_the_problems_that_it_declares_beside_the_usual_ones_of_their_status() -> None:
    operations = openapi.document(functions())["paths"]
    assert operations["/api/auth/signup"]["post"]["responses"]["409"] == {
        "$ref": "#/components/responses/409",
        "description": "Contradicts what is there: [email-taken](/problems/email-taken)",
    }
    link = operations["/api/admin/users"]["post"]["responses"]["409"]["description"]
    assert "(/problems/email-taken), [idempotency-key-in-use](/problems/idempotency-key-in-use)" in link


def test_what_the_harness_answers_around_many_operations_is_named_once() -> None:
    document = openapi.document(functions())
    assert document["paths"]["/api/tenant"]["get"]["responses"]["401"] == {"$ref": "#/components/responses/401"}
    for status, slug in (401, "unauthenticated"), (403, "wrong-audience"), (422, "invalid"), (429, "rate-limited"):
        assert f"(/problems/{slug})" in document["components"]["responses"][str(status)]["description"]


def test_every_declared_problem_is_named_under_its_operation_and_its_page_names_the_operation() -> None:
    document, pages = openapi.document(functions()), problems.pages(functions())
    for function in lambdas.apis():
        api: Api = function.spec  # type: ignore[assignment]
        responses = document["paths"][api.route.path][api.route.method.lower()]["responses"]
        for problem in api.problems:
            assert f"(/problems/{problem.slug})" in responses[str(problem.kind.value)]["description"], function.name
            assert pages[problem.slug]["operations"][function.name] == api.route.operation  # type: ignore[index]


def test_problems_of_one_slug_are_one_problem_of_one_title(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = type("BoxTaken", (Forbidden,), {"title": BoxTaken.title, "__doc__": "Of another's."})
    monkeypatch.setattr(problems, "known", lambda: iter([BoxTaken, elsewhere]))
    assert problems.pages([])["box-taken"] == {
        "title": "There is such a box",
        "status": "403 or 409",
        "about": "Of another's. Contradicts what is there.",
        "operations": {},
    }
    elsewhere.title = "Another title"
    with pytest.raises(SystemExit, match="/problems/box-taken has several titles"):
        problems.pages([])
