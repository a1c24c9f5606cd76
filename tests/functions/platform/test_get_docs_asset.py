"""GET /docs/assets/{version}/{name}."""

import json

import pytest

from shared.adapters import docs_pages
from tests.support.client import Client, Request
from tools.functions import ROOT


def example(owner: Client) -> Request:
    return Request("GET", f"/docs/assets/{docs_pages.digest('redoc.js')}/redoc.js")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("swagger-ui.css", "text/css"), ("swagger-ui.js", "text/javascript"), ("redoc.js", "text/javascript")],
)
def test_a_file_may_be_kept_for_good_at_the_address_of_its_content(nobody: Client, name: str, media_type: str) -> None:
    answer = nobody.get(f"/docs/assets/{docs_pages.digest(name)}/{name}")
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.body == docs_pages.content(name)


@pytest.mark.parametrize("path", ["0123456789abcdef/redoc.js", "../__init__.py", "{version}/__init__.py"])
def test_other_versions_and_other_files_are_not_there(nobody: Client, path: str) -> None:
    path = path.format(version=docs_pages.digest("redoc.js"))
    assert nobody.get(f"/docs/assets/{path}").status == 404


def test_the_sample_event_names_the_installed_version() -> None:
    event = json.loads((ROOT / "events/platform/get_docs_asset.json").read_text())
    assert event["pathParameters"] == {"version": docs_pages.digest("redoc.js"), "name": "redoc.js"}


def test_nothing_is_asked_of_another_host() -> None:
    assert b"cdn.redoc.ly" not in docs_pages.content("redoc.js")
