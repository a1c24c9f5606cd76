"""GET /redoc."""

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", "/redoc")


def test_the_page_allows_scripts_of_this_host_only(nobody: Client) -> None:
    answer = nobody.send(example(nobody))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html")
    assert 'spec-url="/openapi.json"' in answer.body.decode()
    assert "script-src 'self';" in answer.headers["content-security-policy"]
