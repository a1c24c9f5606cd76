"""Download a script or style sheet of the documentation's pages."""

from shared.adapters import docs_pages
from shared.adapters.docs_pages import Asset
from shared.entry.http import Api

api = Api(public=True, database=False, needs=("docs",))


@api.get("/docs/assets/{version}/{name}")
def get_docs_asset(version: str, name: str) -> Asset:
    return docs_pages.asset(version, name)


handler = api.handler
