"""GET /api/settings/fluting."""

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", "/api/settings/fluting")


def test_a_new_tenant_has_the_usual_flutes(owner: Client) -> None:
    flutes = owner.send(example(owner)).json["items"]
    assert [(flute["flute"], flute["factor"], flute["height_mm"]) for flute in flutes] == [
        ("A", 1.55, 4.8), ("B", 1.35, 2.5), ("C", 1.45, 3.6), ("E", 1.25, 1.2), ("F", 1.2, 0.8),
    ]  # fmt: skip
