"""GET /api/pricing/shade-premiums."""

from tests.support.client import Client, Request

PATH = "/api/pricing/shade-premiums"


def example(owner: Client) -> Request:
    return Request("GET", PATH)


def test_a_new_tenant_has_eleven_shades_without_a_premium(owner: Client) -> None:
    shades = owner.send(example(owner)).json["items"]
    assert len(shades) == 11
    assert {shade["premium"] for shade in shades} == {"0.00"}
    assert (shades[0]["shade"], shades[9]["shade"]) == ("Kraft/Natural", "Bagasse (Agro based)")
