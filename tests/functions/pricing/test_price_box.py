"""POST /api/pricing/box."""

from typing import Any

import pytest

from shared.domains.pricing.schemas.box import BoxIn
from tests.support.client import Client, Request

PATH = "/api/pricing/box"
LINER = {"gsm": 180, "bf": 24, "rct_value": 1.6, "shade": "Golden Kraft", "rate": 39.5}
MEDIUM = {"gsm": 150, "bf": 18, "rct_value": 1.1, "shade": "Kraft/Natural", "fluting_factor": 1.35, "rate": "35"}
BOX = {"ply": 3, "length": 400, "width": 300, "height": 200, "layers": [LINER, MEDIUM, LINER]}


def example(owner: Client) -> Request:
    return Request("POST", PATH, BOX)


def priced(client: Client, **changes: Any) -> Any:
    answer = client.post(PATH, BOX | changes)
    assert answer.status == 200, answer.body
    return answer.json


def refused(client: Client, **changes: Any) -> dict[str, str]:
    """Text by pointer of what is wrong."""
    answer = client.post(PATH, BOX | changes)
    assert answer.status == 422, answer.body
    return {error["pointer"]: error["detail"] for error in answer.json["errors"]}


def layer(**changes: Any) -> list[dict[str, Any]]:
    return [LINER, MEDIUM | changes, LINER]


def test_a_costing_has_sizes_strength_and_money(owner: Client) -> None:
    costing = priced(owner)
    # 2 × (400 + 300) + 45 by 300 + 200 + 25; 1445 × 525 × (180 + 180 + 150 × 1.35) g/m²
    assert (costing["sheet_length_mm"], costing["sheet_width_mm"]) == (1445, 525)
    assert costing["sheet_weight_kg"] == 0.4267265625
    assert costing["layer_weights_kg"] == [0.1365525, 0.1536215625, 0.1365525]
    assert costing["paper_cost"] == "16.1644021875"  # 0.273105 × 39.5 + 0.1536215625 × 35
    assert costing["conversion_cost"] == "6.4008984375"
    assert costing["total_cost_per_box"] == "24.989960953125"  # paper × 1.15 + conversion
    assert costing["total_value"] == "24989.96"
    assert costing["currency"] == "INR" and costing["rule_version"]
    assert costing["inner_height_mm"] == 200 and costing["additional_flap_applied"] is False


def test_what_is_left_out_comes_from_the_tenants_settings(owner: Client) -> None:
    layers = [{"gsm": 180, "bf": 24}, {"gsm": 150, "bf": 18}, {"gsm": 180, "bf": 24, "rate": None}]
    usual = priced(owner, layers=layers)
    written = [{"gsm": 180, "bf": 24, "rate": "38.5"}, {"gsm": 150, "bf": 18, "rate": 34, "fluting_factor": 1.35}]
    assert usual == priced(owner, layers=[*written, written[0]], board_thickness_mm=2.5)
    owner.post("/api/pricing/paper-bf-prices", {"bf": 24, "base_price": "50"})
    owner.post("/api/settings/fluting", {"flute": "B", "factor": 1.5, "height_mm": 3})
    written = [{"gsm": 180, "bf": 24, "rate": 50}, {"gsm": 150, "bf": 18, "rate": 34, "fluting_factor": 1.5}]
    assert priced(owner, layers=layers) == priced(owner, layers=[*written, written[0]], board_thickness_mm=3)
    assert priced(owner, layers=layers) != usual


def test_a_rate_that_its_adjustment_makes_negative_is_named(owner: Client) -> None:
    rules = owner.get("/api/pricing/rules").json
    assert owner.post("/api/pricing/rules", rules | {"market_adjustment": "-1000"}).status == 200
    answer = owner.post(PATH, BOX | {"layers": [LINER, {"gsm": 120, "bf": 18}, LINER | {"rate": "38.5"}]})
    assert (answer.status, answer.json["type"]) == (422, "/problems/rate-negative")
    assert "market adjustment" in answer.json["errors"][0]["detail"]


def test_each_layer_without_a_price_is_named(owner: Client) -> None:
    unknown = {"gsm": 120, "bf": 99}
    answer = owner.post(PATH, BOX | {"layers": [LINER, unknown, unknown]})
    assert answer.status == 422
    assert answer.json["type"] == "/problems/paper-price-missing"
    assert [error["pointer"] for error in answer.json["errors"]] == ["#/layers/1/rate", "#/layers/2/rate"]


@pytest.mark.parametrize(
    "rate", ["NaN", "Infinity", "-1", "1e999999999", "", "١٢", "0x10", "1_0", True, [], "9" * 5000]
)
def test_what_is_no_ordinary_number_is_refused(owner: Client, rate: object) -> None:
    assert list(refused(owner, layers=layer(rate=rate))) == ["#/layers/1/rate"]


@pytest.mark.parametrize("number", ["1e400", "NaN", "-Infinity", "1" * 400, "1" * 100_000, "1e999999999"])
def test_numbers_of_json_beyond_all_bounds_are_refused(owner: Client, number: str) -> None:
    body = f'{{"ply": 1, "length": {number}, "width": 1, "height": 1, "layers": [{{"gsm": 1, "bf": 1, "rate": 1}}]}}'
    answer = owner.send(Request("POST", PATH, body=body.encode(), content_type="application/json"))
    assert answer.status == 422


def test_decimals_are_kept_as_they_are_or_refused(owner: Client) -> None:
    assert priced(owner, length="400.1234567")["inner_length_mm"] == 400.1234567
    assert priced(owner, length=15.748031496062993, input_unit="inches")["inner_length_mm"] == 400
    # 0.273105 kg at 39.5 and 0.1536215625 kg at this rate; 10^-12 more than at 35
    assert priced(owner, layers=layer(rate="35.00000000001"))["paper_cost"] == "16.164402187502"
    assert list(refused(owner, layers=layer(rate="35." + "0" * 30 + "1"))) == ["#/layers/1/rate"]
    assert list(refused(owner, layers=layer(rate=1e-31))) == ["#/layers/1/rate"]


def test_sizes_layers_and_letters_that_contradict_each_other_are_named(owner: Client) -> None:
    assert list(refused(owner, ply=5)) == ["#/layers"]
    assert list(refused(owner, ply=4)) == ["#/ply"]
    assert list(refused(owner, length=0)) == ["#/length"]
    assert list(refused(owner, width=-1)) == ["#/width"]
    assert list(refused(owner, height=None)) == ["#/height"]
    assert list(refused(owner, height=12, measured_on="OD", od_height_rule="four")) == ["#/height"]
    assert list(refused(owner, flute_combination="BC")) == ["#/flute_combination"]
    assert list(refused(owner, layers=layer(layer_type="liner"))) == ["#/layers/1/layer_type"]
    assert list(refused(owner, quantity=0)) == ["#/quantity"]
    assert list(refused(owner, colour="brown")) == ["#/colour"]


def test_null_is_left_out_and_zero_is_zero(owner: Client) -> None:
    optional = BoxIn.model_fields.keys() - {*BOX, "max_length_threshold_mm"}
    null = dict.fromkeys(optional)
    assert priced(owner, **null) == priced(owner)
    assert priced(owner, glue_flap_mm=0, deckle_allowance_mm=0)["sheet_length_mm"] == 1400
    assert priced(owner, board_thickness_mm=0)["bct_newton"] == 0
    free = priced(owner, markup_percent=0, conversion_rate_per_kg=0)
    assert free["total_cost_per_box"] == free["paper_cost"] and free["conversion_cost"] == "0.00"


def test_the_threshold_alone_tells_null_from_left_out(owner: Client) -> None:
    long = {"length": 800, "width": 600}
    assert priced(owner, **long)["sheet_length_mm"] == 2 * 1400 + 45 + 50
    for nothing in (None, 0):
        assert priced(owner, **long, max_length_threshold_mm=nothing)["additional_flap_applied"] is False


def test_ply_may_be_text(owner: Client) -> None:
    assert priced(owner, ply="3") == priced(owner)


def test_an_amount_beyond_what_can_be_kept_is_refused(owner: Client) -> None:
    costs = {"printing": {"cost_per_print": 10_000_000}, "punching_cost": 10_000_000}
    answer = refused(owner, manufacturing=costs, markup_percent=10_000, quantity=10_000_000)
    assert list(answer) == ["#"]
