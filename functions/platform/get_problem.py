"""Explain a problem: the page that the `type` of a refusal names."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from shared.adapters import docs_pages
from shared.adapters.docs_pages import ProblemPage
from shared.core.errors import NotFound
from shared.entry.http import Api

api = Api(public=True, database=False)


@api.get("/problems/{name}")
def get_problem(name: str) -> ProblemPage:
    if name not in problems():
        raise NotFound
    return docs_pages.problem_page(name, **problems()[name])


@cache
def problems() -> dict[str, dict[str, Any]]:
    """What `make openapi` writes beside the functions that are deployed."""
    found: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("problems.json").read_text("utf-8"))
    return found


handler = api.handler
