"""Show the documentation with Swagger UI, which can also call the operations."""

from shared.adapters import docs_pages
from shared.adapters.docs_pages import SwaggerPage
from shared.entry.http import Api

api = Api(public=True, database=False, needs=("docs",))


@api.get("/docs")
def get_docs() -> SwaggerPage:
    return docs_pages.swagger_page()


handler = api.handler
