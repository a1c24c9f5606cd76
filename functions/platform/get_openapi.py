"""Download the OpenAPI document: every operation, its input, answers and problems."""

from pathlib import Path


from shared.entry.http import Api

DOCUMENT = Path(__file__).with_name("openapi.json")  # written by `make openapi`, beside docs/openapi.json

api = Api(public=True)


@api.get("/openapi.json")
def get_openapi() -> Document:
    return Document(DOCUMENT.read_bytes())


handler = api.handler
