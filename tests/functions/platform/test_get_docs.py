"""GET /docs."""

import re

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", "/docs")


def test_the_page_and_all_it_loads_come_from_this_host(nobody: Client) -> None:
    answer = nobody.send(example(nobody))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', answer.body.decode())
    assert [address.rpartition("/")[2] for address in loaded] == ["data:,", "swagger-ui.css", "swagger-ui.js"]
    assert all(nobody.get(address).status == 200 for address in loaded if address != "data:,")


def test_its_policy_allows_this_host_and_the_one_inline_script(nobody: Client) -> None:
    policy = nobody.send(example(nobody)).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert re.search(r"script-src 'self' 'sha256-[\w+/=]{44}';", policy)
    assert "http" not in policy
