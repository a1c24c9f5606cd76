"""Show the documentation with Redoc, for reading."""

from shared.adapters import docs_pages
from shared.adapters.docs_pages import RedocPage
from shared.entry.http import Api

api = Api(public=True, database=False, needs=("docs",))


@api.get("/redoc")
def get_redoc() -> RedocPage:
    return docs_pages.redoc_page()


handler = api.handler
