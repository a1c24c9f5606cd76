"""GET /api/quotes/import/template."""

import pytest

from tests.support.client import Client, Request

BOX = "Box Name,Type,Ply,Flute,Length,Width,Height,Quantity"


def example(owner: Client) -> Request:
    return Request("GET", "/api/quotes/import/template?ply=5")


def of_layer(layer: str) -> str:
    return ",".join(f"{layer} {title}" for title in ("GSM", "BF", "RCT", "Shade", "Rate"))


@pytest.mark.parametrize(
    ("ply", "layers"), [(1, "L1"), (3, "L1 F1 L2"), (5, "L1 F1 L2 F2 L3"), (9, "L1 F1 L2 F2 L3 F3 L4 F4 L5")]
)
def test_the_headings_of_a_ply_are_its_layers_in_their_order(owner: Client, ply: int, layers: str) -> None:
    answer = owner.get("/api/quotes/import/template", ply=ply)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/csv")
    assert answer.body.decode("utf-8-sig") == ",".join([BOX, *map(of_layer, layers.split())]) + "\r\n"


def test_five_ply_is_usual_and_other_plies_are_refused(owner: Client) -> None:
    usual = owner.get("/api/quotes/import/template")
    assert usual.body == owner.send(example(owner)).body
    assert owner.get("/api/quotes/import/template", ply=4).status == 422
