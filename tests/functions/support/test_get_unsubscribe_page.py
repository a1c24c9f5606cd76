"""GET /api/public/unsubscribe/{token}."""

from tests.functions.support.wishes import link, wishes
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", link(owner))


def test_the_page_asks_and_changes_nothing(owner: Client, nobody: Client) -> None:
    for _ in range(3):
        page = nobody.get(link(owner))
    assert (page.status, page.headers["content-type"]) == (200, "text/html")
    assert '<form method="post"><button>' in page.body.decode()
    assert "an answer in a ticket of yours" in page.body.decode()
    assert wishes(owner)["ticket_reply"]


def test_the_page_runs_nothing_and_tells_nobody_where_it_is(owner: Client, nobody: Client) -> None:
    headers = nobody.get(link(owner)).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["referrer-policy"] == "no-referrer"


def test_a_forged_token_opens_nothing(owner: Client, nobody: Client) -> None:
    path = link(owner)
    start = path.rindex("/") + 1
    forged_by_one = (path[:at] + ("A" if path[at] != "A" else "B") + path[at + 1 :] for at in (start, start + 21, -20))
    for forged in (*forged_by_one, path[:-20], path + "AAAA", path + "="):
        assert nobody.get(forged).status == nobody.post(forged).status == 404
    assert wishes(owner)["ticket_reply"]
