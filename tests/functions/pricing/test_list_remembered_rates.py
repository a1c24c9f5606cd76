"""GET /api/rate-memory."""

from tests.support.client import Client, Request

PATH = "/api/rate-memory"


def example(owner: Client) -> Request:
    return Request("GET", PATH)


def test_nothing_is_remembered_at_first(owner: Client) -> None:
    assert owner.send(example(owner)).json == {"items": [], "next_cursor": None}


def test_what_was_remembered_first_comes_first(owner: Client) -> None:
    rates = [{"bf": bf, "shade": "Kraft/Natural", "rate": bf} for bf in (30, 10, 20)]
    owner.post(PATH, {"items": rates})
    assert [rate["bf"] for rate in owner.get(PATH).json["items"]] == [30, 10, 20]
