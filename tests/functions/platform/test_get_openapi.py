"""GET /openapi.json."""

import json

from tests.support.client import Client, Request
from tools.functions import ROOT


def example(owner: Client) -> Request:
    return Request("GET", "/openapi.json")


def test_the_committed_document_is_served(nobody: Client) -> None:
    answer = nobody.send(example(nobody))
    assert answer.status == 200
    assert answer.json == json.loads((ROOT / "docs/openapi.json").read_text("utf-8"))
