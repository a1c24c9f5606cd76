"""Download the OpenAPI document: every operation with its input, its answers and its refusals."""

import json
from pathlib import Path

from shared.entry.http import Api

DOCUMENT = Path(__file__).with_name("openapi.json")  # `make openapi` writes it beside the functions that are deployed

api = Api(public=True, database=False)


@api.get("/openapi.json")
def get_openapi() -> dict[str, object]:
    document: dict[str, object] = json.loads(DOCUMENT.read_text("utf-8"))
    return document


handler = api.handler
