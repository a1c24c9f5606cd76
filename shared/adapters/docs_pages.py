"""The documentation's pages and what they load: static files of the layer `docs`, and nothing of any other host."""

import base64
import hashlib
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from shared.core.errors import NotFound
from shared.core.files import File, Html


class Asset(File):
    """A static file; its address names its content, so that browsers may keep it for good."""

    media_type = "*/*"
    cache_control = "public, max-age=31536000, immutable"


class Script(Asset):
    media_type = "text/javascript"


class StyleSheet(Asset):
    media_type = "text/css"


STATIC = "static/drf_spectacular_sidecar"
ASSETS: dict[str, tuple[type[Asset], str]] = {
    "swagger-ui.css": (StyleSheet, "swagger-ui-dist/swagger-ui.css"),
    "swagger-ui.js": (Script, "swagger-ui-dist/swagger-ui-bundle.js"),
    "redoc.js": (Script, "redoc/bundles/redoc.standalone.js"),
}
FOREIGN_LOGO = b"https://cdn.redoc.ly/redoc/logo-mini.svg"  # Redoc leaves the picture out when it cannot be shown
START = (
    'SwaggerUIBundle({url: "/openapi.json", dom_id: "#page", deepLinking: true, validatorUrl: null,'
    " persistAuthorization: false})"
)
START_HASH = base64.b64encode(hashlib.sha256(START.encode()).digest()).decode()
CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'; "


class SwaggerPage(Html):
    cache_control = "public, max-age=300"
    content_security_policy = (
        f"{CLOSED}script-src 'self' 'sha256-{START_HASH}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    )


class RedocPage(Html):
    cache_control = "public, max-age=300"
    content_security_policy = (
        f"{CLOSED}script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; worker-src blob:"
    )


class ProblemPage(Html):
    cache_control = "public, max-age=300"


PROBLEM = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>{title}</h1><p>{about}</p><p>Status {status}, type <code>/problems/{name}</code></p>
<h2>Operations that may answer this</h2>
<ul>{operations}<li><a href="/docs">The documentation</a> says of each what it may answer</li></ul></main></body></html>
"""
OPERATION = '<li><a href="/docs#/{}"><code>{}</code></a></li>'


def asset(version: str, name: str) -> Asset:
    """The file, if `version` is what its content says: an older address must not show, and keep, newer content."""
    if name not in ASSETS or version != digest(name):
        raise NotFound
    kind, _ = ASSETS[name]
    return kind(content(name))


def swagger_page() -> SwaggerPage:
    """Swagger UI, which also sends requests to this host."""
    return SwaggerPage(
        _page(
            f'<link rel="stylesheet" href="{_address("swagger-ui.css")}">',
            f'<div id="page"></div><script src="{_address("swagger-ui.js")}"></script><script>{START}</script>',
        )
    )


def redoc_page() -> RedocPage:
    """Redoc, for reading."""
    return RedocPage(
        _page("", f'<redoc spec-url="/openapi.json"></redoc><script src="{_address("redoc.js")}"></script>')
    )


def problem_page(name: str, *, title: str, status: str, about: str, operations: dict[str, str]) -> ProblemPage:
    """What a problem means, and who answers it: `operations` by where the documentation has them, `<tag>/<id>`."""
    links = "".join(OPERATION.format(escape(place), escape(said)) for place, said in operations.items())
    said = {"name": escape(name), "title": escape(title), "about": escape(about)}
    return ProblemPage(PROBLEM.format(**said, status=status, operations=links).encode())


@cache
def content(name: str) -> bytes:
    """The bytes of a static file. The package is found without importing it, which would need Django."""
    package = find_spec("drf_spectacular_sidecar")
    if package is None or package.submodule_search_locations is None:
        raise FileNotFoundError("drf-spectacular-sidecar is not installed: the function needs the layer `docs`")
    path = Path(package.submodule_search_locations[0]) / STATIC / ASSETS[name][1]
    return path.read_bytes().replace(FOREIGN_LOGO, b"data:,")


@cache
def digest(name: str) -> str:
    """The version of a file, from its content."""
    return hashlib.sha256(content(name)).hexdigest()[:16]


def _address(name: str) -> str:
    return f"/docs/assets/{digest(name)}/{name}"


def _page(head: str, body: str) -> bytes:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>BoxCostPro API</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"{head}</head><body>{body}</body></html>\n"
    ).encode()
