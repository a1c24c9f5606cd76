"""DELETE /api/settings/fluting/{id}."""

from tests.functions.pricing.test_price_box import BOX, LINER
from tests.support import client
from tests.support.client import Client, Request

PATH = "/api/settings/fluting"


def example(owner: Client) -> Request:
    return Request("DELETE", f"{PATH}/{owner.get(PATH).json['items'][0]['id']}")


def test_the_usual_factor_and_height_count_again(owner: Client) -> None:
    box = BOX | {"layers": [LINER, {"gsm": 150, "bf": 18, "rate": 35}, LINER]}
    usual = owner.post("/api/pricing/box", box).json
    own = owner.post(PATH, {"flute": "B", "factor": 2, "height_mm": 5}).json
    assert owner.post("/api/pricing/box", box).json["board_thickness_mm"] == 5
    assert owner.delete(f"{PATH}/{own['id']}").status == 204
    assert owner.post("/api/pricing/box", box).json == usual
    assert len(owner.get(PATH).json["items"]) == 4


def test_a_flute_is_deleted_once_and_by_its_tenant(owner: Client) -> None:
    request = example(owner)
    assert client.sign_up().send(request).status == 404
    assert owner.send(request).status == 204
    again = owner.send(request)
    assert again.status == 404
    assert again.json["type"] == "/problems/flute-not-found"
