"""POST /api/pricing/boxes."""

import json
import time

from tests.functions.pricing.test_price_box import BOX, LINER
from tests.support.client import Client, Request

PATH = "/api/pricing/boxes"


def example(owner: Client) -> Request:
    return Request("POST", PATH, {"items": [BOX, BOX | {"length": 500}]})


def test_each_box_is_priced_as_it_is_alone(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert answer.status == 200
    alone = [owner.post("/api/pricing/box", box).json for box in example(owner).json["items"]]
    assert answer.json == {
        "items": [{"index": n, "costing": costing} for n, costing in enumerate(alone)],
        "refused": [],
    }


def test_a_wrong_row_loses_no_other_and_is_named(owner: Client) -> None:
    unpriced = [LINER, {"gsm": 120, "bf": 99}, LINER]
    rows = [BOX, 7, BOX | {"length": "x", "colour": 1}, BOX | {"layers": unpriced}, BOX | {"height": 0}, None, BOX]
    answer = owner.post(PATH, {"items": rows})
    assert answer.status == 200
    assert [row["index"] for row in answer.json["items"]] == [0, 6]
    refused = {row["index"]: [error["pointer"] for error in row["errors"]] for row in answer.json["refused"]}
    assert refused == {
        1: ["#/items/1"],
        2: ["#/items/2/length", "#/items/2/colour"],
        3: ["#/items/3/layers/1/rate"],
        4: ["#/items/4/height"],
        5: ["#/items/5"],
    }
    assert all(error["detail"] for row in answer.json["refused"] for error in row["errors"])


def test_thousands_of_faults_fit_into_an_answer(owner: Client) -> None:
    wrong = dict.fromkeys(("gsm", "bf", "rct_value", "rate"), "12,5")
    rows = [BOX | {"length": "380,5", "layers": [wrong] * 3}] * 2000
    answer = owner.post(PATH, {"items": rows})
    assert (answer.status, len(answer.json["refused"])) == (200, 2000)
    named = [len(row["errors"]) for row in answer.json["refused"]]
    assert (named[0], named[-1]) == (13, 1)
    assert sum(named) < 12_000


def test_two_thousand_are_taken_and_one_more_is_not(owner: Client) -> None:
    assert len(owner.post(PATH, {"items": [BOX] * 2000}).json["items"]) == 2000
    assert owner.post(PATH, {"items": [BOX] * 2001}).status == 422
    assert owner.post(PATH, {"items": []}).status == 422
    assert owner.post(PATH, {}).status == 422


def test_the_longest_numbers_do_not_make_it_slow(owner: Client) -> None:
    """Integers serve ordinary numbers; these are fractions of thirty decimals, each another."""
    rows = [
        {name: _long(row, value) for name, value in BOX.items() if name != "layers"}
        | {"layers": [{name: _long(row, value) for name, value in layer.items()} for layer in BOX["layers"]]}
        for row in range(2000)
    ]
    started = time.process_time()
    answer = owner.post(PATH, {"items": rows})
    assert len(answer.json["items"]) == 2000, json.dumps(answer.json["refused"][:1])
    assert time.process_time() - started < 8


def _long(row: int, value: object) -> object:
    """1.35 -> "1.350000000000000000000000001234" with the row in its last digits."""
    if isinstance(value, int | float) and value != BOX["ply"]:
        return f"{value:.4f}{row:026d}"
    return value
